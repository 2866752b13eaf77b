package com.ecommerce.orders.http;

/** How large a request may be. */
public final class Limits {

    /** One byte more is a 413. */
    public static final int MAX_BODY_BYTES = 1024 * 1024;

    private Limits() {}
}
