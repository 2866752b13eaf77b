package com.ecommerce.orders.payment;

/** The kind of a transaction. The kind tells which sums of the order the amount counts in. */
public enum TransactionKind {
    /** Money of the customer is reserved. */
    AUTHORIZATION,
    /** Reserved money is taken. */
    CAPTURE,
    /** Money is reserved and taken in one step. */
    SALE,
    /** Reserved money is released. */
    VOID,
    /** Money is given back to the customer. */
    REFUND,
    /** The customer's bank takes money back. */
    CHARGEBACK,
    /** The customer's bank returns the money of a chargeback. */
    CHARGEBACK_REVERSAL
}
