package com.ecommerce.orders.fulfillment;

/**
 * Units of one line of an order.
 *
 * @param lineNumber the number of the line, from 1
 * @param quantity the units, at least 1
 */
public record LineQuantity(int lineNumber, int quantity) {}
