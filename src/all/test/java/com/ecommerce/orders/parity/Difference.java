package com.ecommerce.orders.parity;

import java.util.Set;

/**
 * A difference in responses that the platform causes, before or after the code of the API.
 *
 * @param reason the behavior of the platform that is the cause
 * @param requests the names of the requests: the case and, from the second step on, the step, or the odd request
 */
record Difference(Platform platform, String reason, Set<String> requests) {

    static Difference inAnswer(Platform platform, String reason, String... requests) {
        return new Difference(platform, reason, Set.of(requests));
    }
}
