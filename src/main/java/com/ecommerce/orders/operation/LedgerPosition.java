package com.ecommerce.orders.operation;

/**
 * A position in a ledger of one order.
 *
 * @param collection the last segment of the path of the ledger, such as {@code transactions}
 * @param seq the order's version right after the entry was recorded
 */
public record LedgerPosition(OrderId order, String collection, int seq) implements PagePosition {}
