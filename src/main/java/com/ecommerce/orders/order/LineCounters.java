package com.ecommerce.orders.order;

/**
 * The units of one item of an order that were canceled, fulfilled and returned.
 *
 * @param fulfilled includes the returned units
 */
public record LineCounters(int cancelled, int fulfilled, int returned) {

    /** The counters of an item whose units have not moved. */
    public static final LineCounters NONE = new LineCounters(0, 0, 0);
}
