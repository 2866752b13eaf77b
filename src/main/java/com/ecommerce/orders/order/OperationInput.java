package com.ecommerce.orders.order;

/** The body of a mutation after it was read. Each operation with a body has its own type. */
public interface OperationInput {}
