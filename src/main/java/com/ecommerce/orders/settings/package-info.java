/** The settings of operators, with messages that tell what is wrong. */
@NullMarked
package com.ecommerce.orders.settings;

import org.jspecify.annotations.NullMarked;
