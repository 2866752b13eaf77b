package com.ecommerce.orders.fulfillment;

/** A limit of the fulfillments and the cancellations of an order. */
public enum FulfillmentLimit {
    FULFILLMENTS("The order has 200 fulfillments, canceled ones included. Ship further goods with another order."),
    CANCELLATIONS(
            "The order has 200 cancellations of items. Cancel the whole order, or cancel more items in one request."),
    VERSION("The order has reached the last possible version. Use another order.");

    private final String text;

    FulfillmentLimit(String text) {
        this.text = text;
    }

    /** Returns what the limit is and what to do, for a person. */
    public String text() {
        return text;
    }
}
