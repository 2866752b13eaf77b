/**
 * The frame of all operations: requests, responses and problems, and the values that they name. The package does not
 * depend on HTTP, on a cloud or on SQL.
 */
@NullMarked
package com.ecommerce.orders.operation;

import org.jspecify.annotations.NullMarked;
