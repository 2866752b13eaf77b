package com.ecommerce.orders.operation;

import java.util.UUID;

/**
 * A position in the event log of a tenant.
 *
 * @param epoch identifies the log; positions of another epoch belong to other events
 * @param position the number of the event after which a page starts; 0 for the beginning of the log
 */
public record FeedPosition(UUID epoch, long position) implements PagePosition {

    /** The epoch of a log that has no event yet. */
    public static final UUID NO_EPOCH = new UUID(0, 0);

    /** The beginning of a log, in any epoch. */
    public static final FeedPosition START = new FeedPosition(NO_EPOCH, 0);

    /** Tells whether the position is valid in every epoch, because it is before the first event. */
    public boolean isStart() {
        return equals(START);
    }
}
