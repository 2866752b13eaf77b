package com.ecommerce.orders.returns;

import com.ecommerce.orders.operation.OrderRequest;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.order.LedgerWrites;
import java.util.function.Function;

/** Cancels a return of which nothing has come back. */
public final class CancelReturn implements Function<OrderRequest, OrderResponse> {

    private final Returns returns;
    private final LedgerWrites writes;

    /** Creates the function for the ledger {@code returns}. */
    public CancelReturn(Returns returns, LedgerWrites writes) {
        this.returns = returns;
        this.writes = writes;
    }

    @Override
    public OrderResponse apply(OrderRequest request) {
        return writes.run(request, returns::cancel);
    }
}
