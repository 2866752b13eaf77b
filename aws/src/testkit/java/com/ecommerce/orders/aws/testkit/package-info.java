/** Starts the AWS artifact as Lambda does, and stand-ins for the services that it calls: for tests and benchmarks. */
@NullMarked
package com.ecommerce.orders.aws.testkit;

import org.jspecify.annotations.NullMarked;
