/** The local adapter: an embedded HTTP server, an embedded PostgreSQL, and an issuer of development tokens. */
@NullMarked
package com.ecommerce.orders.local;

import org.jspecify.annotations.NullMarked;
