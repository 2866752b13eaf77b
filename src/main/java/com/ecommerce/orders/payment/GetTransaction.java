package com.ecommerce.orders.payment;

import com.ecommerce.orders.operation.OrderRequest;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.operation.Problem;
import com.ecommerce.orders.operation.View;
import java.util.UUID;
import java.util.function.Function;

/** Reads one transaction of an order. */
public final class GetTransaction implements Function<OrderRequest, OrderResponse> {

    private final Transactions transactions;

    /** Creates the function for the ledger {@code transactions}. */
    public GetTransaction(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public OrderResponse apply(OrderRequest request) {
        UUID id = request.requiredEntryId();
        return transactions
                .find(request.tenant(), request.requiredOrderId(), id)
                .<OrderResponse>map(View::of)
                .orElseGet(() -> new Problem.TransactionNotFound(id));
    }
}
