package com.ecommerce.orders.http;

/** The limits of a request. */
public final class Limits {

    /** The largest body. A larger body gets a 413. */
    public static final int MAX_BODY_BYTES = 1024 * 1024;

    private Limits() {}
}
