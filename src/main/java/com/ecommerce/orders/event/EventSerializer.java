package com.ecommerce.orders.event;

import com.ecommerce.orders.identity.TenantId;

/** Port: writes entries of the event log as JSON. */
public interface EventSerializer {

    /** Returns the published names of the types of events. */
    EventTypes types();

    /** Returns an entry of the tenant's log as one JSON object in UTF-8. */
    byte[] serialize(TenantId tenant, FeedEntry entry);
}
