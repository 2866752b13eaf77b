package com.ecommerce.orders.pricing;

/**
 * The totals of an order.
 *
 * @param subtotal the sum of all lines, before discounts and tax
 * @param discount the sum of all discounts, at most the subtotal
 * @param shipping the cost of shipping, before tax
 * @param tax the tax on all lines and on shipping
 * @param grandTotal {@code subtotal - discount + shipping + tax}
 */
public record Totals(Money subtotal, Money discount, Money shipping, Money tax, Money grandTotal) {

    /** @throws ArithmeticException if the grand total exceeds the largest amount */
    static Totals of(Money subtotal, Money discount, Money shipping, Money tax) {
        Money grandTotal = subtotal.minus(discount).plus(shipping).plus(tax);
        return new Totals(subtotal, discount, shipping, tax, grandTotal);
    }
}
