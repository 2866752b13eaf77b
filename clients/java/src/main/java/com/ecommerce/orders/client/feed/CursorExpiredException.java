package com.ecommerce.orders.client.feed;

/**
 * The event log was erased or restored, so the cursor may belong to other events. Read the orders that matter. Then start
 * again from the beginning, or from the cursor of {@link EventFeed#latestCursor}.
 */
public final class CursorExpiredException extends FeedException {

    private static final long serialVersionUID = 1L;

    private final String cursor;

    CursorExpiredException(String cursor, Throwable cause) {
        super("The cursor has expired. Read the orders that matter, and start again without this cursor.", cause);
        this.cursor = cursor;
    }

    /** Returns the cursor that has expired. */
    public String cursor() {
        return cursor;
    }
}
