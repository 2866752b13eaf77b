package com.ecommerce.orders.order;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One change of one order, written with the change itself and never altered.
 *
 * @param seq the version that the change made
 * @param by the user who made it
 * @param changes JSON merge patch (RFC 7396) from the state before to the state after
 */
public record OrderEvent(int seq, Type type, Instant at, String by, @Nullable String byEmail, String changes) {

    /** What happened. */
    public enum Type {
        ORDER_PLACED,
        ORDER_UPDATED,
        ORDER_CONFIRMED,
        ORDER_COMPLETED,
        ORDER_CANCELLED
    }
}
