package com.ecommerce.orders.order;

/**
 * The sums of an order's transactions. The storage derives them whenever it stores the order or a transaction.
 *
 * @param json the member {@code payment} of the order's JSON: one JSON object
 */
public record PaymentSummary(String json) {}
