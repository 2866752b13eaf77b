/** The logging of the Lambda artifact: every line is JSON. */
@NullMarked
package com.ecommerce.orders.aws.logging;

import org.jspecify.annotations.NullMarked;
