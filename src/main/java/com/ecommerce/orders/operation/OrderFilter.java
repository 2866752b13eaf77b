package com.ecommerce.orders.operation;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of a list. An order is in the list if it satisfies all conditions that are not {@code null}.
 *
 * @param statuses the statuses that match; empty for all
 * @param paymentStatuses the statuses of the payment that match; empty for all
 * @param fulfillmentStatuses the statuses of the fulfillment that match; empty for all
 * @param createdFrom inclusive, like {@code updatedFrom}
 * @param createdTo exclusive, like {@code updatedTo}
 */
public record OrderFilter(
        Set<OrderStatus> statuses,
        Set<PaymentStatus> paymentStatuses,
        Set<FulfillmentStatus> fulfillmentStatuses,
        @Nullable String createdBy,
        @Nullable String customerId,
        @Nullable String externalRef,
        @Nullable Instant createdFrom,
        @Nullable Instant createdTo,
        @Nullable Instant updatedFrom,
        @Nullable Instant updatedTo) {

    public static final OrderFilter ALL =
            new OrderFilter(Set.of(), Set.of(), Set.of(), null, null, null, null, null, null, null);

    /**
     * Returns a filter for the same orders, with a tighter bound on the time that the list is sorted by. A bound on the
     * other time may imply this bound, because no order is changed before it is created. The scan of the list then starts
     * at the first matching order.
     */
    public OrderFilter boundedFor(OrderSort sort) {
        boolean byCreation = sort.isByCreation();
        return new OrderFilter(
                statuses,
                paymentStatuses,
                fulfillmentStatuses,
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
