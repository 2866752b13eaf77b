package com.ecommerce.orders.order;

import java.util.Optional;
import java.util.UUID;

/** An order's id: a UUID of version 7 (RFC 9562, section 5.7), so that ids sort by time. */
public record OrderId(UUID value) {

    /** Reads the textual form of RFC 9562, section 4; empty if {@code text} is anything else. */
    public static Optional<OrderId> parse(String text) {
        try {
            UUID value = UUID.fromString(text);
            // UUID.fromString also takes 1-2-3-4-5.
            return value.toString().equalsIgnoreCase(text) ? Optional.of(new OrderId(value)) : Optional.empty();
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
