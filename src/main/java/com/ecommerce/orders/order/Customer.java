package com.ecommerce.orders.order;

import org.jspecify.annotations.Nullable;

/** The customer of an order, as the tenant knows the customer. At least one of the three fields is set. */
public record Customer(@Nullable String id, @Nullable String email, @Nullable String name) {}
