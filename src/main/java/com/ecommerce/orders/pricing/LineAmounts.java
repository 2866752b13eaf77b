package com.ecommerce.orders.pricing;

/**
 * What one line of an order costs.
 *
 * @param subtotal quantity times unit price
 * @param discount the line's share of the order's discounts
 * @param tax on the subtotal less the discount
 * @param total {@code subtotal - discount + tax}
 */
public record LineAmounts(Money subtotal, Money discount, Money tax, Money total) {}
