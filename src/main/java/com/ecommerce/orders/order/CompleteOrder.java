package com.ecommerce.orders.order;

import com.ecommerce.orders.operation.OrderRequest;
import com.ecommerce.orders.operation.OrderResponse;
import java.util.function.Function;

/** Closes a confirmed order as fulfilled. */
final class CompleteOrder implements Function<OrderRequest, OrderResponse> {

    private final OptimisticUpdate update;

    CompleteOrder(OptimisticUpdate update) {
        this.update = update;
    }

    @Override
    public OrderResponse apply(OrderRequest request) {
        return update.run(request, OrderEvent.Type.ORDER_COMPLETED, (order, now) -> () -> order.complete(now));
    }
}
