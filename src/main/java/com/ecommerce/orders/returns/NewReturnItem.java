package com.ecommerce.orders.returns;

import org.jspecify.annotations.Nullable;

/**
 * Units of one line of an order that the customer wants to send back.
 *
 * @param lineNumber the number of the line, from 1
 * @param quantity the units, at least 1
 * @param reason the customer's reason
 */
public record NewReturnItem(int lineNumber, int quantity, @Nullable String reason) {}
