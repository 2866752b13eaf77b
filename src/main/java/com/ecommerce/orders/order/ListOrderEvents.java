package com.ecommerce.orders.order;

import com.ecommerce.orders.operation.OrderEventPosition;
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

/** Reads one page of the events of one order, oldest first. */
final class ListOrderEvents implements Function<OrderRequest, OrderResponse> {

    private final Orders orders;
    private final OrderSerializer serializer;

    ListOrderEvents(Orders orders, OrderSerializer serializer) {
        this.orders = orders;
        this.serializer = serializer;
    }

    @Override
    public OrderResponse apply(OrderRequest request) {
        OrderId id = request.requiredOrderId();
        OrderQuery query = request.query();
        Optional<Slice<OrderEvent>> found =
                orders.events(request.tenant(), id, query.afterSeq(), query.limit(), Page.MAX_CONTENT_BYTES);
        if (found.isEmpty()) {
            return new OrderProblem.OrderNotFound(id);
        }
        List<byte[]> documents =
                found.get().entries().stream().map(serializer::event).toList();
        return new Page(documents, found.get().next(last -> new OrderEventPosition(id, last.seq())));
    }
}
