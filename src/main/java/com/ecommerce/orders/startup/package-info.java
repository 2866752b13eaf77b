/** Starts an artifact: finds its optional features and leaves out what a function does not need. */
@NullMarked
package com.ecommerce.orders.startup;

import org.jspecify.annotations.NullMarked;
