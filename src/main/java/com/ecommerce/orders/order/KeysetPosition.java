package com.ecommerce.orders.order;

import java.time.Instant;

/** A place in a list of orders: the value that the list is sorted by, and the id where that is equal. */
public record KeysetPosition(Instant time, OrderId id) {}
