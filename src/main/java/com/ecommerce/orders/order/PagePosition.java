package com.ecommerce.orders.order;

/** A position in a list, after which a page starts. */
public sealed interface PagePosition permits KeysetPosition, EventPosition {}
