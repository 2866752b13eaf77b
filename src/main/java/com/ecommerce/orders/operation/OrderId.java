package com.ecommerce.orders.operation;

import java.util.Optional;
import java.util.UUID;

/** The id of an order: a UUID of version 7 (RFC 9562, section 5.7). Ids sort by time. */
public record OrderId(UUID value) {

    /** Reads the textual form of RFC 9562, section 4. Empty if {@code text} has another form. */
    public static Optional<OrderId> parse(String text) {
        return parseUuid(text).map(OrderId::new);
    }

    /** Reads a UUID in the textual form of RFC 9562, section 4. Empty if {@code text} has another form. */
    public static Optional<UUID> parseUuid(String text) {
        try {
            UUID value = UUID.fromString(text);
            // UUID.fromString also takes 1-2-3-4-5.
            return value.toString().equalsIgnoreCase(text) ? Optional.of(value) : Optional.empty();
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
