/** How log lines are written where a cloud reads them. */
@NullMarked
package com.ecommerce.orders.logging;

import org.jspecify.annotations.NullMarked;
