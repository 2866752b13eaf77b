package com.ecommerce.orders.fulfillment;

import com.ecommerce.orders.operation.EntryDocument;
import com.ecommerce.orders.operation.OrderProblem;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.operation.OrdersUnavailableException;
import com.ecommerce.orders.operation.TenantBusyException;
import com.ecommerce.orders.order.LedgerWrite;
import java.util.Optional;

/**
 * Port: writes to the fulfillments and the canceled items of all orders. Each method is one round trip and sees only the
 * orders of the caller's tenant. Each write returns a view of an {@link EntryDocument}, or a problem.
 *
 * <p>Each method throws {@link OrdersUnavailableException} if the storage can't be reached. It throws
 * {@link TenantBusyException} if the tenant has too many requests at the same time.
 */
public interface Fulfillments {

    /** Records that units of the order have left. */
    OrderResponse create(NewFulfillment fulfillment, LedgerWrite write);

    /**
     * Reads the fulfillment {@link LedgerWrite#entryId()}, together with the version of its order. Empty if the tenant has
     * no such order, or if the order has no such fulfillment.
     */
    Optional<EntryDocument> findWithOrderVersion(LedgerWrite write);

    /**
     * Replaces all details of the fulfillment {@link LedgerWrite#entryId()}. Stores nothing if the details are the same.
     *
     * @return also {@link OrderProblem.StaleVersion} if {@link LedgerWrite#ifMatch()} excludes the order's version
     */
    OrderResponse update(FulfillmentDetails details, LedgerWrite write);

    /** Records that the fulfillment {@link LedgerWrite#entryId()} has arrived. */
    OrderResponse deliver(LedgerWrite write);

    /** Cancels the fulfillment {@link LedgerWrite#entryId()}, and gives its units back to the order. */
    OrderResponse cancel(LedgerWrite write);

    /** Cancels open units of the order. The entry is a cancellation. */
    OrderResponse cancelItems(ItemsCancellation cancellation, LedgerWrite write);
}
