/** The order and everything that may be done with it; knows no HTTP, no cloud and no SQL. */
@NullMarked
package com.ecommerce.orders.order;

import org.jspecify.annotations.NullMarked;
