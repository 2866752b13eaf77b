package com.ecommerce.orders.operation;

import com.ecommerce.orders.pricing.Totals;
import java.util.Set;
import java.util.stream.Collectors;

/** A problem of an order: its status, its version or its content does not allow the operation. */
public sealed interface OrderProblem extends Problem {

    /** The caller's tenant has no such order. */
    record OrderNotFound(OrderId id) implements OrderProblem {

        @Override
        public ProblemCode code() {
            return ProblemCode.NOT_FOUND;
        }

        @Override
        public String detail() {
            return "There is no order " + id;
        }
    }

    /**
     * The order has another version than the request expects.
     *
     * @param current the version that the order has now
     */
    record StaleVersion(int current) implements OrderProblem {

        @Override
        public ProblemCode code() {
            return ProblemCode.STALE_VERSION;
        }

        @Override
        public String detail() {
            return "The order now has version " + current
                    + ". Read the order, and send the change again if it still applies.";
        }

        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.currentVersion(this, current);
        }
    }

    /**
     * Another order of the tenant has the external reference.
     *
     * @param existing the order that has it
     */
    record DuplicateExternalRef(OrderId existing) implements OrderProblem {

        @Override
        public ProblemCode code() {
            return ProblemCode.DUPLICATE_EXTERNAL_REF;
        }

        @Override
        public String detail() {
            return "Order " + existing + " already has this externalRef. Read that order, or use another externalRef.";
        }

        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.existingOrder(this, existing);
        }
    }

    /**
     * The grand total differs from the total that the client expects.
     *
     * @param computed the totals that the API has computed
     */
    record TotalMismatch(Totals computed) implements OrderProblem {

        @Override
        public ProblemCode code() {
            return ProblemCode.TOTAL_MISMATCH;
        }

        @Override
        public String detail() {
            return "The grand total is " + computed.grandTotal()
                    + " and does not match expectedTotal. Compare `totals` with your own calculation.";
        }

        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.totalMismatch(this);
        }
    }

    /**
     * The order's status does not allow the change.
     *
     * @param reason the rule that is broken, as a sentence without its full stop
     * @param allowedActions the actions that the status allows
     */
    record InvalidState(String reason, Set<Action> allowedActions) implements OrderProblem {

        @Override
        public ProblemCode code() {
            return ProblemCode.INVALID_STATE;
        }

        @Override
        public String detail() {
            return reason + allowed(allowedActions);
        }

        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.allowedActions(this, allowedActions);
        }
    }

    /**
     * The order's status does not allow the action.
     *
     * @param allowedActions the actions that the order allows
     */
    record InvalidTransition(OrderStatus status, Action refused, Set<Action> allowedActions) implements OrderProblem {

        @Override
        public ProblemCode code() {
            return ProblemCode.INVALID_TRANSITION;
        }

        @Override
        public String detail() {
            return "An order that is " + status + " does not allow " + refused.text() + allowed(allowedActions);
        }

        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.allowedActions(this, allowedActions);
        }
    }

    /**
     * The order can't be canceled because it has a fulfillment that is not canceled.
     *
     * @param allowedActions the actions that the order allows
     */
    record OrderHasFulfillment(Set<Action> allowedActions) implements OrderProblem {

        @Override
        public ProblemCode code() {
            return ProblemCode.INVALID_TRANSITION;
        }

        @Override
        public String detail() {
            return "The order has a fulfillment that is not canceled, so the order can't be canceled. Cancel the"
                    + " fulfillment, or cancel the open items. For delivered units create a return.";
        }

        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.allowedActions(this, allowedActions);
        }
    }

    private static String allowed(Set<Action> actions) {
        return actions.isEmpty()
                ? ". This order allows no action any more."
                : ". Allowed actions: " + actions.stream().map(Action::text).collect(Collectors.joining(", ")) + ".";
    }
}
