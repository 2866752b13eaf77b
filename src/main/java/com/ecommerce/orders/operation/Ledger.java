package com.ecommerce.orders.operation;

/** A ledger of an order: a collection of entries that belong to the order. */
public enum Ledger {
    TRANSACTIONS("transactions", "transaction"),
    FULFILLMENTS("fulfillments", "fulfillment"),
    CANCELLATIONS("cancellations", "cancellation"),
    RETURNS("returns", "return");

    private final String path;
    private final String entry;

    Ledger(String path, String entry) {
        this.path = path;
        this.entry = entry;
    }

    /** Returns the last segment of the path of the ledger. */
    public String path() {
        return path;
    }

    /** Returns the word for one entry of the ledger. */
    public String entry() {
        return entry;
    }
}
