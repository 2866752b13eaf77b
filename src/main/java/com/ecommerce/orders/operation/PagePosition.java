package com.ecommerce.orders.operation;

/** A position in a list, after which a page starts. */
public sealed interface PagePosition permits KeysetPosition, OrderEventPosition, LedgerPosition, FeedPosition {}
