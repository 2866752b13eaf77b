/** Returns: the ledger of the goods that come back. */
@NullMarked
package com.ecommerce.orders.returns;

import org.jspecify.annotations.NullMarked;
