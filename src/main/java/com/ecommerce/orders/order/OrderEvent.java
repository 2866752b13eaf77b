package com.ecommerce.orders.order;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One change of one order. The event is stored in the same transaction as the change, and never altered.
 *
 * @param seq the version that the change made
 * @param by the user who made it
 * @param changes the JSON merge patch (RFC 7396) from the state before to the state after
 */
public record OrderEvent(int seq, Type type, Instant at, String by, @Nullable String byEmail, String changes) {

    /** The kind of change. */
    public enum Type {
        ORDER_PLACED,
        ORDER_UPDATED,
        ORDER_CONFIRMED,
        ORDER_COMPLETED,
        ORDER_CANCELLED,
        /** A program of the operator has removed a person's data from the order. */
        ORDER_ERASED,
        TRANSACTION_RECORDED,
        TRANSACTION_SETTLED,
        FULFILLMENT_CREATED,
        FULFILLMENT_UPDATED,
        FULFILLMENT_DELIVERED,
        FULFILLMENT_CANCELLED,
        ITEMS_CANCELLED,
        RETURN_CREATED,
        RETURN_RECEIVED,
        RETURN_CLOSED,
        RETURN_CANCELLED
    }
}
