package com.ecommerce.orders.payment;

import com.ecommerce.orders.operation.OrderRequest;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.operation.Page;
import java.util.function.Function;

/** Finds the transactions that a provider knows under one reference, on any order of the tenant. */
public final class FindTransactions implements Function<OrderRequest, OrderResponse> {

    private final Transactions transactions;

    /** Creates the function for the ledger {@code transactions}. */
    public FindTransactions(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public OrderResponse apply(OrderRequest request) {
        TransactionReference reference = request.input(TransactionReference.class);
        return new Page(transactions.findByReference(request.tenant(), reference), null);
    }
}
