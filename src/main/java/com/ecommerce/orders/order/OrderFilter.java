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
}
