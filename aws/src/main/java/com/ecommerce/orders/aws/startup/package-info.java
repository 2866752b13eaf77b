/** Prepares a Lambda snapshot and restores it. */
@NullMarked
package com.ecommerce.orders.aws.startup;

import org.jspecify.annotations.NullMarked;
