package com.ecommerce.orders.order;

import java.util.List;

/**
 * A stretch of a longer list.
 *
 * @param more whether the list goes on
 */
public record Slice<T>(List<T> entries, boolean more) {

    public Slice {
        entries = List.copyOf(entries);
    }
}
