package com.ecommerce.orders.operation;

/** The storage of the orders can't be reached now. The same request may succeed later. */
public final class OrdersUnavailableException extends RuntimeException {

    private final Outcome outcome;

    /**
     * @param message the reason, for the log
     * @param outcome the outcome of the failed write; {@link Outcome#NOT_STORED} for a read
     */
    public OrdersUnavailableException(String message, Outcome outcome, Throwable cause) {
        super(message, cause);
        this.outcome = outcome;
    }

    /** Returns what is known of the write that failed. */
    public Outcome outcome() {
        return outcome;
    }

    /** The outcome of a failed write: tells whether the write may have changed something. */
    public enum Outcome {
        /** The statement was never sent, or the database refused it and undid all of it. */
        NOT_STORED,
        /** The statement was sent, and the connection was lost before the database answered. */
        UNKNOWN
    }
}
