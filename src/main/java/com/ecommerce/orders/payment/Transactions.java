package com.ecommerce.orders.payment;

import com.ecommerce.orders.identity.TenantId;
import com.ecommerce.orders.operation.EntryDocument;
import com.ecommerce.orders.operation.OrderId;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.operation.OrdersUnavailableException;
import com.ecommerce.orders.operation.Slice;
import com.ecommerce.orders.operation.TenantBusyException;
import com.ecommerce.orders.order.LedgerWrite;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Port: the transactions of all orders. Each method is one round trip and sees only the orders of the given tenant.
 *
 * <p>Each method throws {@link OrdersUnavailableException} if the storage can't be reached. It throws
 * {@link TenantBusyException} if the tenant has too many requests at the same time.
 */
public interface Transactions {

    /** The last segment of the path of an order's transactions. */
    String COLLECTION = "transactions";

    /**
     * Records a transaction, or advances the recorded transaction that has the same provider, reference and kind.
     *
     * @return a view of an {@link EntryDocument}, or a problem
     */
    OrderResponse record(NewTransaction transaction, LedgerWrite write);

    /**
     * Settles the transaction {@link LedgerWrite#entryId()}.
     *
     * @return a view of an {@link EntryDocument}, or a problem
     */
    OrderResponse settle(Settlement settlement, LedgerWrite write);

    /** Returns the transaction, if the tenant has such an order and the order has such a transaction. */
    Optional<EntryDocument> find(TenantId tenant, OrderId order, UUID transaction);

    /**
     * Lists the order's transactions after {@code afterSeq}, oldest first. Empty if the tenant has no such order.
     *
     * @param maxBytes the largest size of all entries together; the list ends early if they are larger
     */
    Optional<Slice<Entry>> list(TenantId tenant, OrderId order, int afterSeq, int limit, int maxBytes);

    /** Returns the tenant's transactions with this reference, on any order. Each kind has at most one. */
    List<byte[]> findByReference(TenantId tenant, TransactionReference reference);

    /**
     * An entry of a list.
     *
     * @param seq the order's version right after the entry was recorded
     * @param json UTF-8; must not be altered
     */
    record Entry(int seq, byte[] json) {}
}
