package com.ecommerce.orders.returns;

import com.ecommerce.orders.operation.OrderRequest;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.order.LedgerWrites;
import java.util.function.Function;

/** Records that the customer wants to send goods of an order back. */
public final class CreateReturn implements Function<OrderRequest, OrderResponse> {

    private final Returns returns;
    private final LedgerWrites writes;

    /** Creates the function for the ledger {@code returns}. */
    public CreateReturn(Returns returns, LedgerWrites writes) {
        this.returns = returns;
        this.writes = writes;
    }

    @Override
    public OrderResponse apply(OrderRequest request) {
        NewReturn input = request.input(NewReturn.class);
        return writes.run(request, write -> returns.create(input, write));
    }
}
