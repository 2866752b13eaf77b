package com.ecommerce.orders.payment;

/** A limit of an order's ledger of transactions. */
public enum TransactionLimit {
    ENTRIES(
            "The order has too many transactions that are not FAILED. The limit is 200, or 2,000 for a refund, a chargeback or"
                    + " an observed transaction. If the money has already moved, send the transaction with observed=true."
                    + " Otherwise settle a transaction that is PENDING instead of recording another one."),
    FAILED_ENTRIES(
            "The order has too many FAILED transactions. The limit is 800, or 2,000 for a refund, a chargeback or an observed"
                    + " transaction. Record no more attempts that failed. An attempt that succeeds can still be recorded."),
    ALL_ENTRIES(
            "The order has too many transactions. The limit is 1,000, or 4,000 for a refund, a chargeback or an observed"
                    + " transaction. If the money has already moved, send the transaction with observed=true. Otherwise make no"
                    + " more attempts to pay for this order."),
    TOTAL("The amounts of an order's transactions that are not FAILED must add up to at most 9007199254740991. Record a"
            + " smaller amount."),
    VERSION(
            "The order has reached the last possible version. It can't record transactions any more. Keep the provider's"
                    + " report.");

    private final String text;

    TransactionLimit(String text) {
        this.text = text;
    }

    /** Returns what the limit is and what to do, for a person. */
    public String text() {
        return text;
    }
}
