package com.ecommerce.orders.conformance;

import com.ecommerce.orders.testkit.WireResponse;
import java.util.List;

/** Checks that several responses, in any order, are the expected responses, each as often as expected. */
final class ParallelMatcher {

    private final List<Expectation> expectations;
    private final boolean[][] matches;
    private final int[] counts;

    private ParallelMatcher(List<Expectation> expectations, boolean[][] matches) {
        this.expectations = expectations;
        this.matches = matches;
        this.counts = new int[expectations.size()];
    }

    static boolean accountsForAll(List<Expectation> expectations, List<WireResponse> responses, Variables variables) {
        boolean[][] matches = new boolean[responses.size()][expectations.size()];
        for (int i = 0; i < responses.size(); i++) {
            for (int j = 0; j < expectations.size(); j++) {
                matches[i][j] = ResponseMatcher.mismatches(expectations.get(j), responses.get(i), variables)
                        .isEmpty();
            }
        }
        return new ParallelMatcher(expectations, matches).assignFrom(0);
    }

    /** Tries every expectation for the response, because a response may match more than its own expectation. */
    private boolean assignFrom(int response) {
        if (response == matches.length) {
            return allCameOftenEnough();
        }
        for (int j = 0; j < counts.length; j++) {
            if (matches[response][j] && expectations.get(j).times().mayExceed(counts[j])) {
                counts[j]++;
                if (assignFrom(response + 1)) {
                    return true;
                }
                counts[j]--;
            }
        }
        return false;
    }

    private boolean allCameOftenEnough() {
        for (int j = 0; j < counts.length; j++) {
            if (counts[j] < expectations.get(j).times().least()) {
                return false;
            }
        }
        return true;
    }
}
