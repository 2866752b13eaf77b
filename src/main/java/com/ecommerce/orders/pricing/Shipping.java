package com.ecommerce.orders.pricing;

/** What shipping costs, before tax, and how it is taxed. */
public record Shipping(Money amount, TaxRate taxRate) {}
