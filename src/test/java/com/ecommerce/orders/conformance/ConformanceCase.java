package com.ecommerce.orders.conformance;

import java.util.List;
import java.util.Set;

/**
 * One promise of the contract, as requests and answers.
 *
 * @param file the topic file without its extension
 * @param clause the clause of the contract that it proves
 * @param platforms where the clause holds; empty for everywhere
 */
public record ConformanceCase(
        String file, String topic, String name, String clause, Set<String> platforms, List<Step> steps) {

    /** Whether the contract promises it on this platform. */
    public boolean isFor(String platform) {
        return platforms.isEmpty() || platforms.contains(platform);
    }

    public String displayName() {
        return topic + ": " + name;
    }
}
