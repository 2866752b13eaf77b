/** Orders as JSON: strict reading, canonical writing, merge patches. */
@NullMarked
package com.ecommerce.orders.json;

import org.jspecify.annotations.NullMarked;
