/** The start of an artifact: finds the optional features, and removes the parts that a function does not need. */
@NullMarked
package com.ecommerce.orders.startup;

import org.jspecify.annotations.NullMarked;
