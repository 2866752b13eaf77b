/** The start of an artifact: which optional features it has. */
@NullMarked
package com.ecommerce.orders.startup;

import org.jspecify.annotations.NullMarked;
