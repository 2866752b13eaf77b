/** Verifies bearer tokens and the claims of gateways, and makes the caller of them. */
@NullMarked
package com.ecommerce.orders.authentication;

import org.jspecify.annotations.NullMarked;
