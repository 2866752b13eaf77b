/** Prices lines of goods to the cent: amounts, tax rates, discounts, and the totals that follow from them. */
@NullMarked
package com.ecommerce.orders.pricing;

import org.jspecify.annotations.NullMarked;
