package com.ecommerce.orders.event;

/** An entry of the event log. */
public sealed interface FeedEntry permits PublishedEvent, RemovedEvent {

    /** Returns the position in the tenant's log. */
    long position();
}
