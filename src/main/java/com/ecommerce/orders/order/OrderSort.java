package com.ecommerce.orders.order;

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

    /** Returns the position of {@code order} in a list that is sorted like this. */
    public KeysetPosition positionOf(Order order) {
        return new KeysetPosition(isByCreation() ? order.createdAt() : order.updatedAt(), order.id());
    }

    boolean isByCreation() {
        return this == NEWEST_FIRST || this == OLDEST_FIRST;
    }
}
