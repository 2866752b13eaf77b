package com.ecommerce.orders.operation;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a ledger of an order as JSON, for example a transaction.
 *
 * @param order the order that has the entry
 * @param ledger the ledger that has the entry
 * @param id the entry's id
 * @param orderVersion the order's version after a write; {@code null} after a read that is no part of a write
 * @param json UTF-8; must not be altered
 */
public record EntryDocument(OrderId order, Ledger ledger, UUID id, @Nullable Integer orderVersion, byte[] json)
        implements Document {}
