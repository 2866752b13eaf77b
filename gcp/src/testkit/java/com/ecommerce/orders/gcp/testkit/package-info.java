/** Starts functions as Google Cloud does: for tests and benchmarks. */
@NullMarked
package com.ecommerce.orders.gcp.testkit;

import org.jspecify.annotations.NullMarked;
