package com.ecommerce.orders.order;

import java.util.List;

/** The rules that a refused request breaks. */
public final class BrokenRules {

    private BrokenRules() {}

    /** Returns the violations of a request that was refused for breaking rules. */
    public static List<Violation> of(ProblemException refused) {
        return ((Problem.InvalidRequest) refused.problem()).violations();
    }
}
