package com.ecommerce.orders.operation;

import java.time.Instant;

/**
 * A position in a list of orders.
 *
 * @param time the time that the list is sorted by
 * @param id the id, which sorts the orders of the same time
 */
public record KeysetPosition(Instant time, OrderId id) implements PagePosition {}
