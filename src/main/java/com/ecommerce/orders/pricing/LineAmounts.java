package com.ecommerce.orders.pricing;

/**
 * The amounts of one line of an order.
 *
 * @param subtotal quantity times unit price
 * @param discount the line's share of the order's discounts
 * @param tax the tax on the subtotal minus the discount
 * @param total {@code subtotal - discount + tax}
 */
public record LineAmounts(Money subtotal, Money discount, Money tax, Money total) {}
