package com.ecommerce.orders.order;

import java.time.Instant;

/** A position in a list of orders: the time that the list is sorted by, and the id among orders of the same time. */
public record KeysetPosition(Instant time, OrderId id) implements PagePosition {}
