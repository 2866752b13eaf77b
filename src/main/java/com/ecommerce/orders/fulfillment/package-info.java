/** Fulfillments and canceled items: the ledgers of the goods that leave, and of the goods that will never leave. */
@NullMarked
package com.ecommerce.orders.fulfillment;

import org.jspecify.annotations.NullMarked;
