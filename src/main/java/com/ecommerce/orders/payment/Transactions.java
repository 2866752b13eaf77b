package com.ecommerce.orders.payment;

import com.ecommerce.orders.identity.TenantId;
import com.ecommerce.orders.operation.EntryDocument;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.operation.OrdersUnavailableException;
import com.ecommerce.orders.operation.TenantBusyException;
import com.ecommerce.orders.order.LedgerWrite;
import java.util.List;

/**
 * Port: the transactions of all orders. Each method is one round trip and sees only the orders of the given tenant.
 *
 * <p>Each method throws {@link OrdersUnavailableException} if the storage can't be reached. It throws
 * {@link TenantBusyException} if the tenant has too many requests at the same time.
 */
public interface Transactions {

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

    /** Returns the tenant's transactions with this reference, on any order. Each kind has at most one. */
    List<byte[]> findByReference(TenantId tenant, TransactionReference reference);
}
