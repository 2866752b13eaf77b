/**
 * A cache of orders in Redis or in the process, for tenants who read much more than they write. An optional feature: an
 * artifact has the cache if it is built with {@code -Pcache}. The cache is off unless {@code ORDERS_CACHE_URL} is set.
 */
@NullMarked
package com.ecommerce.orders.cache;

import org.jspecify.annotations.NullMarked;
