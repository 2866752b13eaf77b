package com.ecommerce.orders.order;

/** Carries an {@link OrderProblem} from where it is found to the function that answers it. */
public final class Refusal extends RuntimeException {

    private final transient OrderProblem problem;

    public Refusal(OrderProblem problem) {
        super(problem.code().name(), null, false, false);
        this.problem = problem;
    }

    public OrderProblem problem() {
        return problem;
    }
}
