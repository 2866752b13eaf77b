/** The AWS adapter: one Lambda function behind API Gateway. */
@NullMarked
package com.ecommerce.orders.aws;

import org.jspecify.annotations.NullMarked;
