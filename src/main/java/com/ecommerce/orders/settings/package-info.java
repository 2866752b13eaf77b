/** What operators set, and how they are told what is wrong with it. */
@NullMarked
package com.ecommerce.orders.settings;

import org.jspecify.annotations.NullMarked;
