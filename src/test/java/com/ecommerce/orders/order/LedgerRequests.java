package com.ecommerce.orders.order;

import com.ecommerce.orders.identity.Caller;
import com.ecommerce.orders.identity.Permission;
import com.ecommerce.orders.identity.TenantId;
import com.ecommerce.orders.operation.ETagCondition;
import com.ecommerce.orders.operation.EntryDocument;
import com.ecommerce.orders.operation.IdempotencyKey;
import com.ecommerce.orders.operation.OperationInput;
import com.ecommerce.orders.operation.OrderFilter;
import com.ecommerce.orders.operation.OrderQuery;
import com.ecommerce.orders.operation.OrderRequest;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.operation.OrderSort;
import com.ecommerce.orders.operation.Precondition;
import com.ecommerce.orders.operation.View;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Requests about the ledgers of {@link OneOrder}, from a caller with all permissions. */
public final class LedgerRequests {

    private LedgerRequests() {}

    /** Returns a request that creates an entry. */
    public static OrderRequest create(OperationInput input) {
        return request(null, input, OrderQuery.FIRST_PAGE);
    }

    /** Returns a request about the whole ledger. */
    public static OrderRequest all(@Nullable OperationInput input) {
        return request(null, input, OrderQuery.FIRST_PAGE);
    }

    /** Returns a request about one entry. */
    public static OrderRequest of(UUID entry, @Nullable OperationInput input) {
        return request(entry, input, OrderQuery.FIRST_PAGE);
    }

    /** Returns a request for a page of entries. */
    public static OrderRequest page(int limit, int afterSeq) {
        return request(null, null, new OrderQuery(limit, OrderFilter.ALL, OrderSort.OLDEST_FIRST, null, afterSeq));
    }

    /** Returns a request about one entry, if the order has one of the versions of {@code ifMatch}. */
    public static OrderRequest of(UUID entry, OperationInput input, ETagCondition ifMatch) {
        return with(of(entry, input), ifMatch, null);
    }

    /** Returns a request about one entry with an idempotency key. */
    public static OrderRequest of(UUID entry, OperationInput input, IdempotencyKey key) {
        return with(of(entry, input), null, key);
    }

    private static OrderRequest with(
            OrderRequest request, @Nullable ETagCondition ifMatch, @Nullable IdempotencyKey key) {
        return new OrderRequest(
                request.caller(),
                request.orderId(),
                request.entryId(),
                request.input(),
                request.query(),
                new Precondition(ifMatch, null),
                key,
                false);
    }

    private static OrderRequest request(@Nullable UUID entry, @Nullable OperationInput input, OrderQuery query) {
        Caller caller = new Caller(new TenantId("acme"), "alice", null, Set.of(Permission.values()));
        return new OrderRequest(caller, OneOrder.ID, entry, input, query, Precondition.NONE, null, false);
    }

    /** Returns the entry that a response shows. */
    public static EntryDocument entry(OrderResponse response) {
        return (EntryDocument) ((View) response).document();
    }
}
