package com.ecommerce.orders.payment;

import com.ecommerce.orders.pricing.Money;

/**
 * The part of a transaction that belongs to one line of the order. It is information only.
 *
 * @param lineNumber the number of the line, from 1
 */
public record TransactionItem(int lineNumber, Money amount) {}
