package com.ecommerce.orders.order;

import com.ecommerce.orders.operation.KeysetPosition;
import com.ecommerce.orders.operation.OrderQuery;
import com.ecommerce.orders.operation.OrderRequest;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.operation.Page;
import com.ecommerce.orders.operation.Slice;
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
        Slice<Entry> page = fitting(slice);
        return new Page(page.entries().stream().map(Entry::document).toList(), page.next(Entry::position));
    }

    /** Returns the first orders of {@code slice} that fit into a page, but at least one. */
    private static Slice<Entry> fitting(Slice<Entry> slice) {
        List<Entry> entries = slice.entries();
        int bytes = 0;
        for (int i = 0; i < entries.size(); i++) {
            bytes += entries.get(i).document().length + 1;
            if (bytes > Page.MAX_CONTENT_BYTES && i > 0) {
                return new Slice<>(entries.subList(0, i), true);
            }
        }
        return slice;
    }

    /** The parts of an order that a page keeps. */
    private record Entry(byte[] document, KeysetPosition position) {}
}
