package com.ecommerce.orders.operation;

/** A response that says: the client already has the order's current version. */
public record NotModified(int version) implements OrderResponse {

    @Override
    public <T> T accept(Visitor<T> visitor) {
        return visitor.notModified(this);
    }
}
