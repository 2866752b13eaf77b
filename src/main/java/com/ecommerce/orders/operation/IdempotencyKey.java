package com.ecommerce.orders.operation;

/**
 * A key that a client chooses for one request, so that the client can send the request several times.
 *
 * @param value 1 to 255 printable ASCII characters
 * @param fingerprint a hash of the whole request; tells whether another request uses the same key
 */
public record IdempotencyKey(String value, String fingerprint) {

    public static final int MAX_LENGTH = 255;
}
