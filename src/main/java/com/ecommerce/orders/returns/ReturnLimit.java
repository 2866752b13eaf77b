package com.ecommerce.orders.returns;

/** A limit of the returns of an order. */
public enum ReturnLimit {
    RETURNS(
            "The order has 100 returns, canceled ones included. No further return is possible. Refund further units with an"
                    + " `allowance`."),
    RECEIPTS(
            "The return has 100 receipts, or its receipts take 256 KiB. Close the return, and record further units with a new"
                    + " return."),
    VERSION("The order has reached the last possible version. Use another order.");

    private final String text;

    ReturnLimit(String text) {
        this.text = text;
    }

    /** Returns the limit and the remedy, as a text for people. */
    public String text() {
        return text;
    }
}
