/** Log lines and trace ids of requests. */
@NullMarked
package com.ecommerce.orders.observability;

import org.jspecify.annotations.NullMarked;
