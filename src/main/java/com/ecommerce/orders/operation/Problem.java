package com.ecommerce.orders.operation;

import com.ecommerce.orders.identity.Permission;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** A reason why an operation was refused. Each kind of problem is a record with its own data. */
public sealed interface Problem extends OrderResponse permits RequestProblem, OrderProblem, LedgerProblem {

    /** Returns the published code. */
    ProblemCode code();

    /** Returns what is wrong and what to do next, for a person. */
    String detail();

    /** Handles what the problem's document has beside code and detail. A kind with such data overrides this method. */
    default <T> T accept(Visitor<T> visitor) {
        return visitor.plain(this);
    }

    @Override
    default <T> T accept(OrderResponse.Visitor<T> visitor) {
        return visitor.problem(this);
    }

    /**
     * One method for each kind of data that a problem's document or its headers have beside code and detail.
     *
     * @param <T> the result of handling a problem
     */
    interface Visitor<T> {

        /** Handles a problem that its code and detail describe completely. */
        T plain(Problem problem);

        T violations(Problem problem, List<Violation> violations);

        T missingPermission(Problem problem, Permission required);

        T currentVersion(Problem problem, int version);

        T existingOrder(Problem problem, OrderId existing);

        T existingEntry(Problem problem, OrderId order, Ledger ledger, UUID existing);

        T totalMismatch(OrderProblem.TotalMismatch problem);

        T allowedActions(Problem problem, Set<Action> actions);

        /** @param amount the largest allowed amount, in minor units */
        T availableAmount(Problem problem, long amount);

        T availableUnits(Problem problem, List<LedgerProblem.QuantityExceeded.Line> lines);
    }
}
