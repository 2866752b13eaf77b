/** The sample orders of the local server. */
@NullMarked
package com.ecommerce.orders.local.sample;

import org.jspecify.annotations.NullMarked;
