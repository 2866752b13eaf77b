package com.ecommerce.orders.fulfillment;

import com.ecommerce.orders.operation.OrderRequest;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.order.LedgerWrites;
import java.util.function.Function;

/** Records that the goods of a fulfillment have arrived. */
public final class DeliverFulfillment implements Function<OrderRequest, OrderResponse> {

    private final Fulfillments fulfillments;
    private final LedgerWrites writes;

    /** Creates the function for the ledger {@code fulfillments}. */
    public DeliverFulfillment(Fulfillments fulfillments, LedgerWrites writes) {
        this.fulfillments = fulfillments;
        this.writes = writes;
    }

    @Override
    public OrderResponse apply(OrderRequest request) {
        return writes.run(request, fulfillments::deliver);
    }
}
