package com.ecommerce.orders.order;

import com.ecommerce.orders.operation.Ledger;
import com.ecommerce.orders.operation.LedgerPosition;
import com.ecommerce.orders.operation.OrderId;
import com.ecommerce.orders.operation.OrderProblem;
import com.ecommerce.orders.operation.OrderQuery;
import com.ecommerce.orders.operation.OrderRequest;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.operation.Page;
import com.ecommerce.orders.operation.Slice;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads one page of a ledger of one order, oldest entry first. */
public final class ListEntries implements Function<OrderRequest, OrderResponse> {

    private final LedgerEntries ledgers;
    private final Ledger ledger;

    /** Creates the function for one ledger of each order. */
    public ListEntries(LedgerEntries ledgers, Ledger ledger) {
        this.ledgers = ledgers;
        this.ledger = ledger;
    }

    @Override
    public OrderResponse apply(OrderRequest request) {
        OrderId order = request.requiredOrderId();
        OrderQuery query = request.query();
        Optional<Slice<LedgerEntries.Entry>> found =
                ledgers.list(request.tenant(), ledger, order, query.afterSeq(), query.limit(), Page.MAX_CONTENT_BYTES);
        if (found.isEmpty()) {
            return new OrderProblem.OrderNotFound(order);
        }
        List<byte[]> documents =
                found.get().entries().stream().map(LedgerEntries.Entry::json).toList();
        return new Page(documents, found.get().next(last -> new LedgerPosition(order, ledger, last.seq())));
    }
}
