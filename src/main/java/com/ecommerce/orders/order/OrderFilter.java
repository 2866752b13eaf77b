package com.ecommerce.orders.order;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which orders a list holds: those that satisfy every part that is given.
 *
 * @param statuses any of these; empty for all
 * @param createdFrom inclusive, as {@code updatedFrom}
 * @param createdTo exclusive, as {@code updatedTo}
 */
public record OrderFilter(
        Set<OrderStatus> statuses,
        @Nullable String createdBy,
        @Nullable String customerId,
        @Nullable String externalRef,
        @Nullable Instant createdFrom,
        @Nullable Instant createdTo,
        @Nullable Instant updatedFrom,
        @Nullable Instant updatedTo) {

    public static final OrderFilter ALL = new OrderFilter(Set.of(), null, null, null, null, null, null, null);

    /**
     * The same orders, with a bound on the time that they are sorted by wherever one on the other time implies it, since
     * no order is changed before it is created: so that a list begins where its orders do.
     */
    public OrderFilter boundedFor(OrderSort sort) {
        boolean byCreation = sort.isByCreation();
        return new OrderFilter(
                statuses,
                createdBy,
                customerId,
                externalRef,
                createdFrom,
                byCreation ? tighter(createdTo, updatedTo, -1) : createdTo,
                byCreation ? updatedFrom : tighter(updatedFrom, createdFrom, 1),
                updatedTo);
    }

    private static @Nullable Instant tighter(@Nullable Instant own, @Nullable Instant implied, int direction) {
        return own == null || implied != null && implied.compareTo(own) * direction > 0 ? implied : own;
    }
}
