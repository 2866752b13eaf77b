package com.ecommerce.orders.http;

/**
 * One method of one path.
 *
 * @param method in upper case; {@code GET} answers {@code HEAD} as well
 * @param template a path, in which a segment may be a variable: {@code /orders/{orderId}/confirm}
 */
public record Route(String method, String template, Endpoint endpoint) {}
