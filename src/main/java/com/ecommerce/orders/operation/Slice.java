package com.ecommerce.orders.operation;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a longer list.
 *
 * @param more whether the list has more entries after these
 */
public record Slice<T>(List<T> entries, boolean more) {

    public Slice {
        entries = List.copyOf(entries);
    }

    /**
     * Returns the position after which the next part starts; {@code null} if this part is the last.
     *
     * @param position returns the position of an entry
     */
    public @Nullable PagePosition next(Function<T, PagePosition> position) {
        return more ? position.apply(entries.get(entries.size() - 1)) : null;
    }
}
