/** Writes log lines and reads the trace that a request belongs to. */
@NullMarked
package com.ecommerce.orders.observability;

import org.jspecify.annotations.NullMarked;
