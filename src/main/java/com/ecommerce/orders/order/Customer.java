package com.ecommerce.orders.order;

import org.jspecify.annotations.Nullable;

/** Whom an order is for, as the tenant knows them; at least one of the three is there. */
public record Customer(@Nullable String id, @Nullable String email, @Nullable String name) {}
