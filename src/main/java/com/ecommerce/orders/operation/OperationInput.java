package com.ecommerce.orders.operation;

/** The body of a mutation, or the query of a read, after it was read. Each operation has its own type. */
public interface OperationInput {}
