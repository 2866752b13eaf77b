package com.ecommerce.orders.client.feed;

/** The feed can't go on. The cause tells why, for example that the token has expired. */
public class FeedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    FeedException(String message, Throwable cause) {
        super(message, cause);
    }
}
