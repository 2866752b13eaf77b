package com.ecommerce.orders.client.feed;

/** An event does not have the next position of the log, so events may be missing. */
public final class PositionGapException extends FeedException {

    private static final long serialVersionUID = 1L;

    PositionGapException(long expected, long found) {
        super(
                "The next event must have the position " + expected + " but has " + found
                        + ". Start again after the last stored cursor, and tell the operator of the API if this happens again.",
                null);
    }
}
