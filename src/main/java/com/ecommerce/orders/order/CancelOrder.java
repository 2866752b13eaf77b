package com.ecommerce.orders.order;

import com.ecommerce.orders.operation.OrderRequest;
import com.ecommerce.orders.operation.OrderResponse;
import java.util.function.Function;

/** Cancels an order that is not final. */
final class CancelOrder implements Function<OrderRequest, OrderResponse> {

    private final OptimisticUpdate update;

    CancelOrder(OptimisticUpdate update) {
        this.update = update;
    }

    @Override
    public OrderResponse apply(OrderRequest request) {
        String reason = request.input(Cancellation.class).reason();
        return update.run(request, OrderEvent.Type.ORDER_CANCELLED, (order, now) -> () -> order.cancel(reason, now));
    }
}
