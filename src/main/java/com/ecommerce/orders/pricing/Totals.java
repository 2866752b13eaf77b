package com.ecommerce.orders.pricing;

/**
 * What an order costs as a whole.
 *
 * @param subtotal of all lines
 * @param discount of all discounts, at most the subtotal
 * @param shipping before tax
 * @param tax of all lines and of shipping
 * @param grandTotal {@code subtotal - discount + shipping + tax}
 */
public record Totals(Money subtotal, Money discount, Money shipping, Money tax, Money grandTotal) {

    /** @throws ArithmeticException if the parts add up to more than an amount may be */
    static Totals of(Money subtotal, Money discount, Money shipping, Money tax) {
        Money grandTotal = subtotal.minus(discount).plus(shipping).plus(tax);
        return new Totals(subtotal, discount, shipping, tax, grandTotal);
    }
}
