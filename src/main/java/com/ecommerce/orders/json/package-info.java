/** Orders as JSON: a strict reader, a canonical writer, and merge patches. */
@NullMarked
package com.ecommerce.orders.json;

import org.jspecify.annotations.NullMarked;
