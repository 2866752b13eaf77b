package com.ecommerce.orders.parity;

import java.util.Set;

/**
 * What a platform answers otherwise, before or after our code.
 *
 * @param requests by name
 */
record Difference(Platform platform, Set<String> requests, String reason) {}
