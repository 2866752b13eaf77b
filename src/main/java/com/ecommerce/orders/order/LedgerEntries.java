package com.ecommerce.orders.order;

import com.ecommerce.orders.identity.TenantId;
import com.ecommerce.orders.operation.EntryDocument;
import com.ecommerce.orders.operation.Ledger;
import com.ecommerce.orders.operation.OrderId;
import com.ecommerce.orders.operation.OrdersUnavailableException;
import com.ecommerce.orders.operation.Slice;
import com.ecommerce.orders.operation.TenantBusyException;
import java.util.Optional;
import java.util.UUID;

/**
 * Port: reads the ledgers of all orders. Each method is one round trip and sees only the orders of the given tenant.
 *
 * <p>Each method throws {@link OrdersUnavailableException} if the storage can't be reached. It throws
 * {@link TenantBusyException} if the tenant has too many requests at the same time.
 */
public interface LedgerEntries {

    /** Returns the entry, if the tenant has such an order and the ledger of the order has such an entry. */
    Optional<EntryDocument> find(TenantId tenant, Ledger ledger, OrderId order, UUID entry);

    /**
     * Lists the entries of the order's ledger after {@code afterSeq}, oldest first. Empty if the tenant has no such order.
     *
     * @param maxBytes the largest size of all entries together; the list ends early if they are larger
     */
    Optional<Slice<Entry>> list(TenantId tenant, Ledger ledger, OrderId order, int afterSeq, int limit, int maxBytes);

    /**
     * An entry of a list.
     *
     * @param seq the order's version right after the entry was recorded
     * @param json UTF-8; must not be altered
     */
    record Entry(int seq, byte[] json) {}
}
