/** What all platforms share of HTTP: routes, credentials, requests, answers and problems. */
@NullMarked
package com.ecommerce.orders.http;

import org.jspecify.annotations.NullMarked;
