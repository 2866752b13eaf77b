/** Who asks: tenants, callers and what they may do. */
@NullMarked
package com.ecommerce.orders.identity;

import org.jspecify.annotations.NullMarked;
