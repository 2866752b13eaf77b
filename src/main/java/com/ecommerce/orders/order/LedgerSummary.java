package com.ecommerce.orders.order;

import com.ecommerce.orders.operation.FulfillmentStatus;

/**
 * The state of an order's ledgers. The storage derives it whenever it stores the order or an entry of a ledger.
 *
 * @param payment the member {@code payment} of the order's JSON: one JSON object
 */
public record LedgerSummary(String payment, FulfillmentStatus fulfillment) {}
