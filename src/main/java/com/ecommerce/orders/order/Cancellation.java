package com.ecommerce.orders.order;

import org.jspecify.annotations.Nullable;

/**
 * The input of {@code cancelOrder}.
 *
 * @param reason {@code null} if the client gives none
 */
public record Cancellation(@Nullable String reason) implements OperationInput {}
