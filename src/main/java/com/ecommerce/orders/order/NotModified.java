package com.ecommerce.orders.order;

/** The order is still of a version that the client has. */
public record NotModified(int version) implements OrderResponse {

    @Override
    public <T> T fold(Cases<T> cases) {
        return cases.notModified(this);
    }
}
