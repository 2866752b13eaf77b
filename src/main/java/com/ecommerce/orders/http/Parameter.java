package com.ecommerce.orders.http;

/** A decoded query parameter. */
public record Parameter(String name, String value) {}
