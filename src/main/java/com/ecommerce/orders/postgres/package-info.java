/** Orders kept in PostgreSQL, one round trip an operation. */
@NullMarked
package com.ecommerce.orders.postgres;

import org.jspecify.annotations.NullMarked;
