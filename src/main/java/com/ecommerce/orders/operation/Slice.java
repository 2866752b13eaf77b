package com.ecommerce.orders.operation;

import java.util.List;

/**
 * A part of a longer list.
 *
 * @param more whether the list has more entries after these
 */
public record Slice<T>(List<T> entries, boolean more) {

    public Slice {
        entries = List.copyOf(entries);
    }
}
