package com.ecommerce.orders.order;

import org.jspecify.annotations.Nullable;

/**
 * Which page of a list is asked for.
 *
 * @param limit how many entries at most, 1 to {@link #MAX_LIMIT}
 * @param after a list of orders goes on after this one, {@code null} for its first page
 * @param afterSeq a list of events goes on after this one, 0 for its first page
 */
public record OrderQuery(int limit, OrderFilter filter, OrderSort sort, @Nullable KeysetPosition after, int afterSeq) {

    public static final int MAX_LIMIT = 200;
    public static final int DEFAULT_LIMIT = 50;

    public static final OrderQuery FIRST_PAGE =
            new OrderQuery(DEFAULT_LIMIT, OrderFilter.ALL, OrderSort.NEWEST_FIRST, null, 0);

    /** @throws IllegalArgumentException if {@code limit} is out of range */
    public OrderQuery {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("A limit is 1 to " + MAX_LIMIT);
        }
    }
}
