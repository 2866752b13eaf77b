package com.ecommerce.orders.conformance;

import java.util.List;
import java.util.Set;

/**
 * One promise of the contract, as requests and responses.
 *
 *
 * @param file the topic file without its extension
 * @param clause the clause of the contract that the case proves
 * @param platforms the platforms for which the clause applies; empty for all platforms
 */
public record ConformanceCase(
        String file, String topic, String name, String clause, Set<String> platforms, List<Step> steps) {

    /** Tells whether the contract promises the clause on this platform. */
    public boolean isFor(String platform) {
        return platforms.isEmpty() || platforms.contains(platform);
    }

    public String displayName() {
        return topic + ": " + name;
    }
}
