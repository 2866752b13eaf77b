package com.ecommerce.orders.operation;

import org.jspecify.annotations.Nullable;

/**
 * The page of a list that a client asks for.
 *
 * @param limit the largest number of entries, 1 to {@link #MAX_LIMIT}
 * @param after the position after which a page of orders starts; {@code null} for the first page
 * @param afterSeq the number of the event after which a page of events starts; 0 for the first page
 */
public record OrderQuery(int limit, OrderFilter filter, OrderSort sort, @Nullable KeysetPosition after, int afterSeq) {

    public static final int MAX_LIMIT = 200;
    public static final int DEFAULT_LIMIT = 50;

    public static final OrderQuery FIRST_PAGE =
            new OrderQuery(DEFAULT_LIMIT, OrderFilter.ALL, OrderSort.NEWEST_FIRST, null, 0);

    /** @throws IllegalArgumentException if {@code limit} is out of range */
    public OrderQuery {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("The limit must be 1 to " + MAX_LIMIT);
        }
    }
}
