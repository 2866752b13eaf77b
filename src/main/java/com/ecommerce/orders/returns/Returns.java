package com.ecommerce.orders.returns;

import com.ecommerce.orders.operation.EntryDocument;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.operation.OrdersUnavailableException;
import com.ecommerce.orders.operation.TenantBusyException;
import com.ecommerce.orders.order.LedgerWrite;

/**
 * Port: writes to the returns of all orders. Each method is one round trip and sees only the orders of the caller's tenant.
 * Each write returns a view of an {@link EntryDocument}, or a problem.
 *
 * <p>Each method throws {@link OrdersUnavailableException} if the storage can't be reached. It throws
 * {@link TenantBusyException} if the tenant has too many requests at the same time.
 */
public interface Returns {

    /** Records that the customer wants to send units back. */
    OrderResponse create(NewReturn request, LedgerWrite write);

    /** Records that units of the return {@link LedgerWrite#entryId()} have come back. */
    OrderResponse receive(NewReceipt receipt, LedgerWrite write);

    /** Closes the return {@link LedgerWrite#entryId()}: no more units will come back. */
    OrderResponse close(LedgerWrite write);

    /** Cancels the return {@link LedgerWrite#entryId()}, of which no unit has come back. */
    OrderResponse cancel(LedgerWrite write);
}
