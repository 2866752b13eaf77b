package com.ecommerce.orders.order;

import com.ecommerce.orders.operation.PaymentStatus;

/**
 * The sums of an order's transactions, in minor units of the order's currency. The storage derives all values.
 *
 * @param authorized the amount that can still be captured or voided
 * @param captured the sum of all captures and sales
 * @param refundPending the sum of refunds that are not settled yet
 * @param refundable the amount that can still be refunded
 * @param excess the amount that was captured, voided, refunded or charged back beyond what was there
 * @param due the amount that the customer has to pay for the order
 * @param balance positive if the customer owes money, negative if the merchant owes money
 */
public record PaymentSummary(
        PaymentStatus status,
        long authorized,
        long captured,
        long refunded,
        long refundPending,
        long chargedBack,
        long refundable,
        long excess,
        long due,
        long balance) {}
