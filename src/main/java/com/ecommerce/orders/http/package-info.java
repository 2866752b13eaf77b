/** The HTTP layer that all platforms share: routes, credentials, requests, responses and problems. */
@NullMarked
package com.ecommerce.orders.http;

import org.jspecify.annotations.NullMarked;
