/** Writes every log line of the Lambda artifact as JSON. */
@NullMarked
package com.ecommerce.orders.aws.logging;

import org.jspecify.annotations.NullMarked;
