package com.ecommerce.orders.client.feed;

import com.ecommerce.orders.client.model.Event;

/**
 * An event of the feed.
 *
 * @param cursor the cursor to store after the event is handled. A feed that starts after this cursor skips no event. It
 *     may return events of the same page again.
 */
public record FollowedEvent(Event event, String cursor) {}
