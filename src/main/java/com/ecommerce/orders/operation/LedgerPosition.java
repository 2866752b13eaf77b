package com.ecommerce.orders.operation;

/**
 * A position in a ledger of one order.
 *
 * @param seq the order's version right after the entry was recorded
 */
public record LedgerPosition(OrderId order, Ledger ledger, int seq) implements PagePosition {}
