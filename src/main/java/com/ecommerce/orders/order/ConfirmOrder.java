package com.ecommerce.orders.order;

import com.ecommerce.orders.operation.OrderRequest;
import com.ecommerce.orders.operation.OrderResponse;
import java.util.function.Function;

/** Accepts a placed order. */
final class ConfirmOrder implements Function<OrderRequest, OrderResponse> {

    private final OptimisticUpdate update;

    ConfirmOrder(OptimisticUpdate update) {
        this.update = update;
    }

    @Override
    public OrderResponse apply(OrderRequest request) {
        return update.run(request, OrderEvent.Type.ORDER_CONFIRMED, (order, now) -> () -> order.confirm(now));
    }
}
