package com.ecommerce.orders.order;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of an order's events, ascending.
 *
 * @param nextAfter after which event the next page goes on, {@code null} on the last page
 */
public record OrderEvents(OrderId orderId, List<OrderEvent> events, @Nullable Integer nextAfter)
        implements OrderResponse {

    public OrderEvents {
        events = List.copyOf(events);
    }

    @Override
    public <T> T fold(Cases<T> cases) {
        return cases.events(this);
    }
}
