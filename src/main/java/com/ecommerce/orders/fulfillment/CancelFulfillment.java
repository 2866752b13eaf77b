package com.ecommerce.orders.fulfillment;

import com.ecommerce.orders.operation.OrderRequest;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.order.LedgerWrites;
import java.util.function.Function;

/** Cancels a fulfillment whose goods did not leave or were lost. Its units are open again. */
public final class CancelFulfillment implements Function<OrderRequest, OrderResponse> {

    private final Fulfillments fulfillments;
    private final LedgerWrites writes;

    /** Creates the function for the ledger {@code fulfillments}. */
    public CancelFulfillment(Fulfillments fulfillments, LedgerWrites writes) {
        this.fulfillments = fulfillments;
        this.writes = writes;
    }

    @Override
    public OrderResponse apply(OrderRequest request) {
        return writes.run(request, fulfillments::cancel);
    }
}
