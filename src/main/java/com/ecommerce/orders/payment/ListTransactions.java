package com.ecommerce.orders.payment;

import com.ecommerce.orders.operation.LedgerPosition;
import com.ecommerce.orders.operation.OrderId;
import com.ecommerce.orders.operation.OrderQuery;
import com.ecommerce.orders.operation.OrderRequest;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.operation.Page;
import com.ecommerce.orders.operation.Problem;
import com.ecommerce.orders.operation.Slice;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads one page of the transactions of one order, oldest first. */
public final class ListTransactions implements Function<OrderRequest, OrderResponse> {

    private final Transactions transactions;

    /** Creates the function for the ledger {@code transactions}. */
    public ListTransactions(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public OrderResponse apply(OrderRequest request) {
        OrderId order = request.requiredOrderId();
        OrderQuery query = request.query();
        Optional<Slice<Transactions.Entry>> found =
                transactions.list(request.tenant(), order, query.afterSeq(), query.limit(), Page.MAX_CONTENT_BYTES);
        if (found.isEmpty()) {
            return new Problem.OrderNotFound(order);
        }
        List<Transactions.Entry> entries = found.get().entries();
        LedgerPosition next = found.get().more()
                ? new LedgerPosition(
                        order,
                        Transactions.COLLECTION,
                        entries.get(entries.size() - 1).seq())
                : null;
        return new Page(entries.stream().map(Transactions.Entry::json).toList(), next);
    }
}
