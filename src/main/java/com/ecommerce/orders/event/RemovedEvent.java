package com.ecommerce.orders.event;

/** An event whose order was removed. It keeps its position, so that the positions have no gap. */
public record RemovedEvent(long position) implements FeedEntry {

    /** The type of the entry, in the same form as the stored types of other events. */
    public static final String TYPE = "EVENT_REMOVED";
}
