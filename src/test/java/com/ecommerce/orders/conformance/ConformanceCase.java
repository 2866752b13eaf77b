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

    /** Tells whether the case waits for a lock that the test holds. */
    boolean waits() {
        return steps.stream().anyMatch(step -> step.concurrently() != null);
    }

    /** Tells whether the case changes tables for all tenants, or may need most connections of the server. */
    boolean disturbsOthers() {
        return steps.stream().anyMatch(ConformanceCase::disturbsOthers);
    }

    private static boolean disturbsOthers(Step step) {
        ConcurrentChange change = step.concurrently();
        return step.parallel() > 1 || (change != null && change.undo() != null);
    }
}
