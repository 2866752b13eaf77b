package com.ecommerce.orders.operation;

/**
 * A response that shows one order, or one entry of a ledger of an order.
 *
 * @param result tells whether the request created the resource
 * @param delivery the origin of the document
 */
public record View(Document document, Result result, Delivery delivery) implements OrderResponse {

    /** Returns a view of the current resource, after a read or a change. */
    public static View of(Document document) {
        return new View(document, Result.OK, Delivery.CURRENT);
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
        return visitor.view(this);
    }

    /** The effect of a request on a resource. */
    public enum Result {
        /** The resource existed before. */
        OK,
        /** The request created the resource. */
        CREATED
    }

    /** The origin of a document. */
    public enum Delivery {
        CURRENT,
        /** The stored response of an earlier request with the same idempotency key. */
        REPLAYED,
        /** The resource as the request would leave it; nothing is stored. */
        DRY_RUN
    }
}
