/** Tenants, callers and their permissions. */
@NullMarked
package com.ecommerce.orders.identity;

import org.jspecify.annotations.NullMarked;
