/** The verification of bearer tokens and gateway claims, which identifies the caller. */
@NullMarked
package com.ecommerce.orders.authentication;

import org.jspecify.annotations.NullMarked;
