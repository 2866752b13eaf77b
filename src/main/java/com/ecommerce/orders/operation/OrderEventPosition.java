package com.ecommerce.orders.operation;

/** A position in the list of one order's events. */
public record OrderEventPosition(OrderId order, int seq) implements PagePosition {}
