package com.ecommerce.orders.order;

/** The orders can't be reached now; trying again later may help. */
public final class OrdersUnavailableException extends RuntimeException {

    private final boolean outcomeUnknown;

    /** @param outcomeUnknown whether a write may have been carried out all the same */
    public OrdersUnavailableException(String message, Throwable cause, boolean outcomeUnknown) {
        super(message, cause);
        this.outcomeUnknown = outcomeUnknown;
    }

    /** The same for something that stores nothing. */
    public OrdersUnavailableException withKnownOutcome() {
        return new OrdersUnavailableException(String.valueOf(getMessage()), this, false);
    }

    /** Whether a write may have been carried out all the same. */
    public boolean isOutcomeUnknown() {
        return outcomeUnknown;
    }
}
