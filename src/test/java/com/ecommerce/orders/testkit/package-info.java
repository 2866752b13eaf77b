/** The helpers that tests of several adapters share. */
@NullMarked
package com.ecommerce.orders.testkit;

import org.jspecify.annotations.NullMarked;
