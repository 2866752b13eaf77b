/** Registers beans by plain code. */
@NullMarked
package com.ecommerce.orders.beans;

import org.jspecify.annotations.NullMarked;
