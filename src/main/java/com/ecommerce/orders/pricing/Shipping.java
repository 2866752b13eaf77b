package com.ecommerce.orders.pricing;

/** The cost of shipping before tax, and its tax rate. */
public record Shipping(Money amount, TaxRate taxRate) {}
