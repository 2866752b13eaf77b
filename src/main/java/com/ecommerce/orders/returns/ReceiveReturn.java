package com.ecommerce.orders.returns;

import com.ecommerce.orders.operation.OrderRequest;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.order.LedgerWrites;
import java.util.function.Function;

/** Records that goods of a return have come back, and credits the customer with them. */
public final class ReceiveReturn implements Function<OrderRequest, OrderResponse> {

    private final Returns returns;
    private final LedgerWrites writes;

    /** Creates the function for the ledger {@code returns}. */
    public ReceiveReturn(Returns returns, LedgerWrites writes) {
        this.returns = returns;
        this.writes = writes;
    }

    @Override
    public OrderResponse apply(OrderRequest request) {
        NewReceipt input = request.input(NewReceipt.class);
        return writes.run(request, write -> returns.receive(input, write));
    }
}
