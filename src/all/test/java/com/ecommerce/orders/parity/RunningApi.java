package com.ecommerce.orders.parity;

import java.net.URI;

/**
 * An artifact that has been started.
 *
 * @param uri where it, or what stands before it, listens
 * @param process what to close in the end
 */
public record RunningApi(URI uri, AutoCloseable process) {}
