package com.ecommerce.orders.parity;

import java.util.Set;

/**
 * What a platform answers otherwise, before or after our code.
 *
 * @param reason what of the platform is the cause
 * @param requests by name: of the case and, from its second on, the step, or of the odd request
 */
record Difference(Platform platform, String reason, Set<String> requests) {

    Difference(Platform platform, String reason, String... requests) {
        this(platform, reason, Set.of(requests));
    }
}
