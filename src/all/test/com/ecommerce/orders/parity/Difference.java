package com.ecommerce.orders.parity;

import java.util.List;
import java.util.Set;

/**
 * What a platform answers otherwise, before or after our code.
 *
 * @param header the only one that differs, empty if the whole answer is another
 * @param reason what of the platform is the cause
 * @param requests by name: of the case and, from its second on, the step, or of the odd request
 */
record Difference(Platform platform, String header, String reason, Set<String> requests) {

    static Difference inAnswer(Platform platform, String reason, String... requests) {
        return new Difference(platform, "", reason, Set.of(requests));
    }

    static Difference inHeader(String header, Platform platform, String reason, String... requests) {
        return new Difference(platform, header, reason, Set.of(requests));
    }

    boolean accountsFor(List<String> differences) {
        return header.isEmpty() || differences.stream().allMatch(each -> each.startsWith(header + ":"));
    }
}
