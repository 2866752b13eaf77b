package com.ecommerce.orders.order;

import com.ecommerce.orders.identity.TenantId;
import com.ecommerce.orders.operation.ETagCondition;
import com.ecommerce.orders.operation.NotModified;
import com.ecommerce.orders.operation.OrderDocument;
import com.ecommerce.orders.operation.OrderId;
import com.ecommerce.orders.operation.OrderProblem;
import com.ecommerce.orders.operation.OrderRequest;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.operation.View;
import java.util.Optional;
import java.util.function.Function;

/** Reads one order. Returns {@link NotModified} if the client already has the current version. */
final class GetOrder implements Function<OrderRequest, OrderResponse> {

    private final Orders orders;
    private final OrderSerializer serializer;
    private final DocumentCache cache;

    GetOrder(Orders orders, OrderSerializer serializer, DocumentCache cache) {
        this.orders = orders;
        this.serializer = serializer;
        this.cache = cache;
    }

    @Override
    public OrderResponse apply(OrderRequest request) {
        OrderId id = request.requiredOrderId();
        Optional<OrderDocument> found = cache.get(request.tenant(), id, () -> read(request.tenant(), id));
        if (found.isEmpty()) {
            return new OrderProblem.OrderNotFound(id);
        }
        OrderDocument document = found.get();
        ETagCondition known = request.precondition().ifNoneMatch();
        return known != null && known.includes(document.version())
                ? new NotModified(document.version())
                : View.of(document);
    }

    private Optional<OrderDocument> read(TenantId tenant, OrderId id) {
        return orders.find(tenant, id).map(serializer::document);
    }
}
