package com.ecommerce.orders.order;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** An order's id: a UUID of version 7 (RFC 9562, section 5.7), so that ids sort by time. */
public record OrderId(UUID value) {

    // UUID.fromString also takes 1-2-3-4-5.
    private static final Pattern FORMAT =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    /** Reads the textual form of RFC 9562, section 4; empty if {@code text} is anything else. */
    public static Optional<OrderId> parse(String text) {
        return FORMAT.matcher(text).matches() ? Optional.of(new OrderId(UUID.fromString(text))) : Optional.empty();
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
