package com.ecommerce.orders.operation;

/**
 * A response that shows one order.
 *
 * @param result the effect of the request on the order
 * @param delivery the origin of the document
 */
public record View(OrderDocument document, Result result, Delivery delivery) implements OrderResponse {

    /** Returns a view of the current order, after a read or a change. */
    public static View of(OrderDocument document) {
        return new View(document, Result.OK, Delivery.CURRENT);
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
        return visitor.view(this);
    }

    /** The effect of a request on an order. */
    public enum Result {
        /** The order existed before. */
        OK,
        /** The request created the order. */
        CREATED
    }

    /** The origin of a document. */
    public enum Delivery {
        CURRENT,
        /** The stored response of an earlier request with the same idempotency key. */
        REPLAYED,
        /** The order as the request would leave it; nothing is stored. */
        DRY_RUN
    }
}
