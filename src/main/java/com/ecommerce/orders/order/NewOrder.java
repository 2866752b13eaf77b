package com.ecommerce.orders.order;

import com.ecommerce.orders.operation.OperationInput;
import com.ecommerce.orders.pricing.Money;
import org.jspecify.annotations.Nullable;

/**
 * The input of {@code createOrder}.
 *
 * @param expectedTotal the grand total that the client has computed; {@code null} if the client sends no total
 */
public record NewOrder(OrderDetails details, @Nullable Money expectedTotal) implements OperationInput {}
