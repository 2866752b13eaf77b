/** The pricing of orders in minor units: amounts, tax rates, discounts and totals. */
@NullMarked
package com.ecommerce.orders.pricing;

import org.jspecify.annotations.NullMarked;
