package com.ecommerce.orders.order;

import com.ecommerce.orders.operation.OrderRequest;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.pricing.Price;
import java.util.function.Function;

/** Changes the details of an order. Prices the order again if the change affects the price. */
final class UpdateOrder implements Function<OrderRequest, OrderResponse> {

    private final OptimisticUpdate update;

    UpdateOrder(OptimisticUpdate update) {
        this.update = update;
    }

    @Override
    public OrderResponse apply(OrderRequest request) {
        OrderPatch patch = request.input(OrderPatch.class);
        return update.run(request, OrderEvent.Type.ORDER_UPDATED, (order, now) -> {
            OrderDetails changed = patch.applyTo(order.details());
            Price price = changed.isPricedLike(order.details()) ? order.price() : changed.price();
            return () -> order.update(changed, price, patch.fields(), now);
        });
    }
}
