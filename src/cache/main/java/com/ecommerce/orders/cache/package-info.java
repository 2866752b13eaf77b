/**
 * Remembers orders in Redis or in the process, for tenants who read far more than they write. Part of an artifact that
 * is built with {@code -Pcache}, and off unless {@code ORDERS_CACHE_URL} is set.
 */
@NullMarked
package com.ecommerce.orders.cache;

import org.jspecify.annotations.NullMarked;
