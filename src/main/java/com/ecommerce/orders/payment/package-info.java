/** Payments: the ledger of the transactions of an order. The ledger records money that has moved; it moves no money. */
@NullMarked
package com.ecommerce.orders.payment;

import org.jspecify.annotations.NullMarked;
