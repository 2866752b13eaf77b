package com.ecommerce.orders.payment;

import com.ecommerce.orders.operation.OrderRequest;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.order.LedgerWrites;
import java.util.function.Function;

/** Records what a provider reports about money: a new transaction, or a new state of a recorded one. */
public final class RecordTransaction implements Function<OrderRequest, OrderResponse> {

    private final Transactions transactions;
    private final LedgerWrites writes;

    /** Creates the function for the ledger {@code transactions}. */
    public RecordTransaction(Transactions transactions, LedgerWrites writes) {
        this.transactions = transactions;
        this.writes = writes;
    }

    @Override
    public OrderResponse apply(OrderRequest request) {
        NewTransaction transaction = request.input(NewTransaction.class);
        return writes.run(request, write -> transactions.record(transaction, write));
    }
}
