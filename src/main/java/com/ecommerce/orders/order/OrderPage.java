package com.ecommerce.orders.order;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list of orders.
 *
 * @param next where the next page goes on, {@code null} on the last page
 */
public record OrderPage(List<OrderDocument> orders, @Nullable KeysetPosition next) implements OrderResponse {

    public OrderPage {
        orders = List.copyOf(orders);
    }

    @Override
    public <T> T fold(Cases<T> cases) {
        return cases.page(this);
    }
}
