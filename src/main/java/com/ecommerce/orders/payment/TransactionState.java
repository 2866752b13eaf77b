package com.ecommerce.orders.payment;

/** The state of a transaction at its provider. */
public enum TransactionState {
    PENDING,
    SUCCEEDED,
    FAILED
}
