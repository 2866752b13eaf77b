package com.ecommerce.orders.http;

/**
 * One method of one path.
 *
 * @param method the method in upper case; {@code GET} also serves {@code HEAD}
 * @param template the path; a segment may be a variable, as in {@code /orders/{orderId}/confirm}
 */
public record Route(String method, String template, Endpoint endpoint) {}
