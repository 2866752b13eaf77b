/** Starts an API, a database, a proxy or Redis, mints tokens, and sends requests: for tests and benchmarks. */
@NullMarked
package com.ecommerce.orders.testkit;

import org.jspecify.annotations.NullMarked;
