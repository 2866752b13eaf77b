package com.ecommerce.orders.operation;

/** The body of a mutation after it was read. Each operation with a body has its own type. */
public interface OperationInput {}
