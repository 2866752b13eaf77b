/** Puts the packages together. */
@NullMarked
package com.ecommerce.orders;

import org.jspecify.annotations.NullMarked;
