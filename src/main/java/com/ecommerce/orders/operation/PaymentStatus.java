package com.ecommerce.orders.operation;

/** The status of an order's payment. The database derives it from the transactions of the order. */
public enum PaymentStatus {
    UNPAID,
    PENDING,
    AUTHORIZED,
    PARTIALLY_AUTHORIZED,
    PARTIALLY_PAID,
    PAID,
    OVERPAID,
    PARTIALLY_REFUNDED,
    REFUNDED,
    CHARGED_BACK,
    VOIDED
}
