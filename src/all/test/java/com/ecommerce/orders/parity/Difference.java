package com.ecommerce.orders.parity;

import java.util.Set;

/**
 * A response that a platform makes different, before or after our code.
 *
 * @param reason what of the platform is the cause
 * @param requests by name: of the case and, from its second on, the step, or of the odd request
 */
record Difference(Platform platform, String reason, Set<String> requests) {

    static Difference inAnswer(Platform platform, String reason, String... requests) {
        return new Difference(platform, reason, Set.of(requests));
    }
}
