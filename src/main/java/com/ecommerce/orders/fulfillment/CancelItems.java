package com.ecommerce.orders.fulfillment;

import com.ecommerce.orders.operation.OrderRequest;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.order.LedgerWrites;
import java.util.function.Function;

/** Cancels units of an order that have not left. */
public final class CancelItems implements Function<OrderRequest, OrderResponse> {

    private final Fulfillments fulfillments;
    private final LedgerWrites writes;

    /** Creates the function for the ledger {@code fulfillments}. */
    public CancelItems(Fulfillments fulfillments, LedgerWrites writes) {
        this.fulfillments = fulfillments;
        this.writes = writes;
    }

    @Override
    public OrderResponse apply(OrderRequest request) {
        ItemsCancellation input = request.input(ItemsCancellation.class);
        return writes.run(request, write -> fulfillments.cancelItems(input, write));
    }
}
