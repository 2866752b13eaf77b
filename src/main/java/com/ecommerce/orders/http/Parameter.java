package com.ecommerce.orders.http;

/** One parameter of a query, decoded. */
public record Parameter(String name, String value) {}
