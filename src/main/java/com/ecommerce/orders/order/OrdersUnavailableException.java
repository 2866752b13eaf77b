package com.ecommerce.orders.order;

/**
 * The orders can't be reached now; trying again later may help. Of a write, nobody knows whether it was carried out:
 * the connection may have been lost after it was.
 */
public final class OrdersUnavailableException extends RuntimeException {

    /** @param message what can't be done, and why */
    public OrdersUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
