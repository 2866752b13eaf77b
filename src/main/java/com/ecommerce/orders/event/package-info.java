/** The event log: the feed of all events of a tenant, in the order in which every reader sees them. */
@NullMarked
package com.ecommerce.orders.event;

import org.jspecify.annotations.NullMarked;
