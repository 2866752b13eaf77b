package com.ecommerce.orders.order;

import com.ecommerce.orders.operation.OrderId;
import com.ecommerce.orders.operation.OrderProblem;
import com.ecommerce.orders.operation.OrderRequest;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.operation.Problem;
import com.ecommerce.orders.operation.View;
import com.ecommerce.orders.pricing.Totals;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Places an order and prices it. */
final class CreateOrder implements Function<OrderRequest, OrderResponse> {

    private final Orders orders;
    private final OrderSerializer serializer;
    private final Supplier<UUID> ids;
    private final IdempotentWrites writes;

    CreateOrder(Orders orders, OrderSerializer serializer, Supplier<UUID> ids, IdempotentWrites writes) {
        this.orders = orders;
        this.serializer = serializer;
        this.ids = ids;
        this.writes = writes;
    }

    @Override
    public OrderResponse apply(OrderRequest request) {
        NewOrder input = request.input(NewOrder.class);
        Order order = Order.place(new OrderId(ids.get()), input.details(), request.caller(), writes.now());
        OrderWrite write =
                writes.prepare(request, order, OrderEvent.Type.ORDER_PLACED, serializer.changes(order.details()));
        Problem mismatch = mismatch(input, order.price().totals());
        return writes.oneAtATime(
                request, () -> writes.respond(orders.place(order, write, mismatch), write, View.Result.CREATED));
    }

    private static @Nullable Problem mismatch(NewOrder input, Totals totals) {
        return input.expectedTotal() == null || input.expectedTotal().equals(totals.grandTotal())
                ? null
                : new OrderProblem.TotalMismatch(totals);
    }
}
