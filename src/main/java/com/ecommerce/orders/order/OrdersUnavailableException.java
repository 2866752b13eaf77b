package com.ecommerce.orders.order;

/** The orders can't be reached now. Trying again later may help. */
public final class OrdersUnavailableException extends RuntimeException {

    private final Outcome outcome;

    /**
     * @param message says why, for the log
     * @param outcome of the write that failed; {@link Outcome#NOT_STORED} for a read
     */
    public OrdersUnavailableException(String message, Outcome outcome, Throwable cause) {
        super(message, cause);
        this.outcome = outcome;
    }

    /** Returns what is known of the write that failed. */
    public Outcome outcome() {
        return outcome;
    }

    /** Says whether a write that failed may have changed something. */
    public enum Outcome {
        /** The statement was never sent, or the database refused it and undid all of it. */
        NOT_STORED,
        /** The statement was sent, and the connection was lost before the database answered. */
        UNKNOWN
    }
}
