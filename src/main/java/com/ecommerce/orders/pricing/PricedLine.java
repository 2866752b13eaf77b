package com.ecommerce.orders.pricing;

/** A line of goods that can be priced. */
public interface PricedLine {

    /** Returns the number of pieces, at least 1. */
    int quantity();

    /** Returns the price of one piece, before discount and tax. */
    Money unitPrice();

    /** Returns the tax rate on the line's subtotal minus the line's share of the discounts. */
    TaxRate taxRate();
}
