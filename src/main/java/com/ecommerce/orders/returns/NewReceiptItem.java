package com.ecommerce.orders.returns;

import com.ecommerce.orders.pricing.Money;

/**
 * Units of one line of an order that have come back.
 *
 * @param lineNumber the number of the line, from 1
 * @param quantity the units, at least 1
 * @param fee the part of the credit that the merchant keeps; 0 if the client sends none
 */
public record NewReceiptItem(int lineNumber, int quantity, Disposition disposition, Money fee) {}
