package com.ecommerce.orders.order;

/**
 * A response that shows one order.
 *
 * @param result what the request has done to the order
 * @param delivery how the document came about
 */
public record View(OrderDocument document, Result result, Delivery delivery) implements OrderResponse {

    /** Shows an order as it is, after a read or a change. */
    static View of(OrderDocument document) {
        return new View(document, Result.OK, Delivery.CURRENT);
    }

    @Override
    public <T> T fold(Cases<T> cases) {
        return cases.view(this);
    }

    /** What a request does to an order. */
    public enum Result {
        /** The order existed before. */
        OK,
        /** The request created the order. */
        CREATED
    }

    /** How a document comes about. */
    public enum Delivery {
        CURRENT,
        /** The stored response of an earlier request with the same idempotency key. */
        REPLAYED,
        /** The order as it would be; nothing is stored. */
        DRY_RUN
    }
}
