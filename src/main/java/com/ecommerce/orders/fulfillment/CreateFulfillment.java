package com.ecommerce.orders.fulfillment;

import com.ecommerce.orders.operation.OrderRequest;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.order.LedgerWrites;
import java.util.function.Function;

/** Records that goods of an order have left. */
public final class CreateFulfillment implements Function<OrderRequest, OrderResponse> {

    private final Fulfillments fulfillments;
    private final LedgerWrites writes;

    /** Creates the function for the ledger {@code fulfillments}. */
    public CreateFulfillment(Fulfillments fulfillments, LedgerWrites writes) {
        this.fulfillments = fulfillments;
        this.writes = writes;
    }

    @Override
    public OrderResponse apply(OrderRequest request) {
        NewFulfillment input = request.input(NewFulfillment.class);
        return writes.run(request, write -> fulfillments.create(input, write));
    }
}
