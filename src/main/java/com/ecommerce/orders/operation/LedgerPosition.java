package com.ecommerce.orders.operation;

/**
 * A position in a ledger of one order.
 *
 * @param collection the last segment of the path of the ledger, such as {@code transactions}
 * @param seq the version of the order that recorded the entry
 */
public record LedgerPosition(OrderId order, String collection, int seq) implements PagePosition {}
