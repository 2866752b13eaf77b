package com.ecommerce.orders.operation;

import java.util.Arrays;
import java.util.Optional;

/** The sort of a list. Orders of the same time are sorted by id, in the same direction. */
public enum OrderSort {
    NEWEST_FIRST("-createdAt"),
    OLDEST_FIRST("createdAt"),
    LATEST_CHANGE_FIRST("-updatedAt"),
    EARLIEST_CHANGE_FIRST("updatedAt");

    private final String text;

    OrderSort(String text) {
        this.text = text;
    }

    /** Returns the name of the sort in requests. */
    public String text() {
        return text;
    }

    /** Returns the sort with this name, if there is one. */
    public static Optional<OrderSort> parse(String text) {
        return Arrays.stream(values()).filter(sort -> sort.text.equals(text)).findFirst();
    }

    /** Tells whether orders are sorted by the time of their creation, not by the time of their last change. */
    public boolean isByCreation() {
        return this == NEWEST_FIRST || this == OLDEST_FIRST;
    }
}
