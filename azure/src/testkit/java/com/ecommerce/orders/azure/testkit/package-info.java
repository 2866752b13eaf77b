/** The code that the tests and the benchmarks of the adapter for Azure share. */
@NullMarked
package com.ecommerce.orders.azure.testkit;

import org.jspecify.annotations.NullMarked;
