/** The Azure Functions adapter: one function with an HTTP trigger that passes every request to the API. */
@NullMarked
package com.ecommerce.orders.azure;

import org.jspecify.annotations.NullMarked;
