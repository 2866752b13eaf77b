package com.ecommerce.orders.fulfillment;

/** A limit of the fulfillments and the cancellations of an order. */
public enum FulfillmentLimit {
    FULFILLMENTS(
            "The order has 200 fulfillments, canceled ones included. Cancel the open items, and ship these items with"
                    + " another order."),
    CANCELLATIONS(
            "The order has 200 cancellations of items. Ship the open units, or cancel the order if nothing was shipped."),
    VERSION("The order has reached the last possible version. Use another order.");

    private final String text;

    FulfillmentLimit(String text) {
        this.text = text;
    }

    /** Returns the limit and the remedy, as a text for people. */
    public String text() {
        return text;
    }
}
