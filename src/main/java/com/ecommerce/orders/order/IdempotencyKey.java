package com.ecommerce.orders.order;

/**
 * The client's name for one request that it may send several times.
 *
 * @param value 1 to 255 printable ASCII characters
 * @param fingerprint of the whole request; another request under the same key has another one
 */
public record IdempotencyKey(String value, String fingerprint) {

    public static final int MAX_LENGTH = 255;
}
