package com.ecommerce.orders.order;

import com.ecommerce.orders.operation.KeysetPosition;
import com.ecommerce.orders.operation.OrderQuery;
import com.ecommerce.orders.operation.OrderRequest;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.operation.Page;
import com.ecommerce.orders.operation.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads one page of the tenant's orders that match a filter. */
final class ListOrders implements Function<OrderRequest, OrderResponse> {

    private final Orders orders;
    private final OrderSerializer serializer;

    ListOrders(Orders orders, OrderSerializer serializer) {
        this.orders = orders;
        this.serializer = serializer;
    }

    @Override
    public OrderResponse apply(OrderRequest request) {
        OrderQuery query = request.query();
        Slice<Entry> slice = orders.list(
                request.tenant(),
                query,
                Page.MAX_CONTENT_BYTES,
                order -> new Entry(serializer.document(order).json(), order.positionIn(query.sort())));
        List<byte[]> page = new ArrayList<>(slice.entries().size());
        int bytes = 0;
        for (Entry entry : slice.entries()) {
            bytes += entry.document().length + 1;
            if (bytes > Page.MAX_CONTENT_BYTES && !page.isEmpty()) {
                break;
            }
            page.add(entry.document());
        }
        boolean isLast = !slice.more() && page.size() == slice.entries().size();
        return new Page(
                page, isLast ? null : slice.entries().get(page.size() - 1).position());
    }

    /** The parts of an order that a page keeps. */
    private record Entry(byte[] document, KeysetPosition position) {}
}
