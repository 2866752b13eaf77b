package com.ecommerce.orders.operation;

/** An exception that carries a {@link Problem} from the code that finds the problem to the operation that returns it. */
public final class ProblemException extends RuntimeException {

    private final transient Problem problem;

    /** Creates an exception without a stack trace: a problem is an expected outcome. */
    public ProblemException(Problem problem) {
        super(problem.code().name(), null, false, false);
        this.problem = problem;
    }

    /** Creates an exception for a request that breaks one rule. */
    public ProblemException(Violation violation) {
        this(new RequestProblem.InvalidRequest(violation));
    }

    public Problem problem() {
        return problem;
    }
}
