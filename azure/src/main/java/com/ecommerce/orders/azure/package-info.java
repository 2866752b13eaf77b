/** The Azure Functions adapter: one HTTP-triggered function that hands every request to the API. */
@NullMarked
package com.ecommerce.orders.azure;

import org.jspecify.annotations.NullMarked;
