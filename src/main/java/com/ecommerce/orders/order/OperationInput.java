package com.ecommerce.orders.order;

/** The body of a mutation after it was read. Each operation that has a body declares a type of its own. */
public interface OperationInput {}
