/** Reads the settings of operators and tells them what is wrong. */
@NullMarked
package com.ecommerce.orders.settings;

import org.jspecify.annotations.NullMarked;
