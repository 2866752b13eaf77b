/** The adapter for Google Cloud Run functions. */
@NullMarked
package com.ecommerce.orders.gcp;

import org.jspecify.annotations.NullMarked;
