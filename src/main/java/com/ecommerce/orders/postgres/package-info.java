/** Orders in PostgreSQL. Each operation is one round trip. */
@NullMarked
package com.ecommerce.orders.postgres;

import org.jspecify.annotations.NullMarked;
