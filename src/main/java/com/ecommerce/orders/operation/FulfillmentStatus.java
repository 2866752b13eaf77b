package com.ecommerce.orders.operation;

/**
 * The status of an order's fulfillment. The database computes the status from the units that were shipped, canceled and
 * returned.
 */
public enum FulfillmentStatus {
    UNFULFILLED,
    PARTIALLY_FULFILLED,
    FULFILLED,
    DELIVERED,
    PARTIALLY_RETURNED,
    RETURNED,
    CANCELLED
}
