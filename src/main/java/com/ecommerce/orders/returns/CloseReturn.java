package com.ecommerce.orders.returns;

import com.ecommerce.orders.operation.OrderRequest;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.order.LedgerWrites;
import java.util.function.Function;

/** Closes a return: no more of its goods will come back. */
public final class CloseReturn implements Function<OrderRequest, OrderResponse> {

    private final Returns returns;
    private final LedgerWrites writes;

    /** Creates the function for the ledger {@code returns}. */
    public CloseReturn(Returns returns, LedgerWrites writes) {
        this.returns = returns;
        this.writes = writes;
    }

    @Override
    public OrderResponse apply(OrderRequest request) {
        return writes.run(request, returns::close);
    }
}
