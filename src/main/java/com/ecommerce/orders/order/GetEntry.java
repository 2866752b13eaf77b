package com.ecommerce.orders.order;

import com.ecommerce.orders.operation.Ledger;
import com.ecommerce.orders.operation.LedgerProblem;
import com.ecommerce.orders.operation.OrderRequest;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.operation.View;
import java.util.UUID;
import java.util.function.Function;

/** Reads one entry of a ledger of an order, such as one transaction. */
public final class GetEntry implements Function<OrderRequest, OrderResponse> {

    private final LedgerEntries entries;
    private final Ledger ledger;

    /** Creates the function for one ledger of each order. */
    public GetEntry(LedgerEntries entries, Ledger ledger) {
        this.entries = entries;
        this.ledger = ledger;
    }

    @Override
    public OrderResponse apply(OrderRequest request) {
        UUID id = request.requiredEntryId();
        return entries.find(request.tenant(), ledger, request.requiredOrderId(), id)
                .<OrderResponse>map(View::of)
                .orElseGet(() -> new LedgerProblem.EntryNotFound(ledger, id));
    }
}
