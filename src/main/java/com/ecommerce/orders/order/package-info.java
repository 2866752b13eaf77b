/** Orders, their rules, and one class for each operation. The package does not depend on HTTP, on a cloud or on SQL. */
@NullMarked
package com.ecommerce.orders.order;

import org.jspecify.annotations.NullMarked;
