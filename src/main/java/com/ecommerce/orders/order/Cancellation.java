package com.ecommerce.orders.order;

import com.ecommerce.orders.operation.OperationInput;
import org.jspecify.annotations.Nullable;

/**
 * The input of {@code cancelOrder}.
 *
 * @param reason the reason for the cancellation; {@code null} if the client gives no reason
 */
public record Cancellation(@Nullable String reason) implements OperationInput {}
