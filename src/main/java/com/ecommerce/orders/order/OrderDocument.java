package com.ecommerce.orders.order;

import java.nio.charset.StandardCharsets;

/**
 * One version of an order, written down as it is answered. What a retry is answered is this very text.
 *
 * @param json UTF-8; must not be altered
 */
public record OrderDocument(OrderId id, int version, byte[] json) {

    /** The document as text. */
    public String text() {
        return new String(json, StandardCharsets.UTF_8);
    }
}
