package com.ecommerce.orders.order;

import com.ecommerce.orders.operation.ProblemException;
import com.ecommerce.orders.operation.RequestProblem;
import com.ecommerce.orders.operation.Violation;
import java.util.List;

/** The rules that a rejected request breaks. */
public final class BrokenRules {

    private BrokenRules() {}

    /** Returns the violations of a request that was rejected because it breaks rules. */
    public static List<Violation> of(ProblemException refused) {
        return ((RequestProblem.InvalidRequest) refused.problem()).violations();
    }
}
