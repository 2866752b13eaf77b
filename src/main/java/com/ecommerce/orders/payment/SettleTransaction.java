package com.ecommerce.orders.payment;

import com.ecommerce.orders.operation.OrderRequest;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.order.LedgerWrites;
import java.util.function.Function;

/** Settles a recorded transaction: the provider reports that the transaction has succeeded or failed. */
public final class SettleTransaction implements Function<OrderRequest, OrderResponse> {

    private final Transactions transactions;
    private final LedgerWrites writes;

    /** Creates the function for the ledger {@code transactions}. */
    public SettleTransaction(Transactions transactions, LedgerWrites writes) {
        this.transactions = transactions;
        this.writes = writes;
    }

    @Override
    public OrderResponse apply(OrderRequest request) {
        Settlement settlement = request.input(Settlement.class);
        return writes.run(request, write -> transactions.settle(settlement, write));
    }
}
