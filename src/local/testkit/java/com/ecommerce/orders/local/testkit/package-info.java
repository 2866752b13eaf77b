/** Starts the local API, in this process or in another, also with a clock that tests set. */
@NullMarked
package com.ecommerce.orders.local.testkit;

import org.jspecify.annotations.NullMarked;
