package com.ecommerce.orders.http;

/**
 * One method of one path.
 *
 * @param path in which one segment may be {@code *}, the variable
 */
public record Route(String method, String path, Endpoint endpoint) {}
