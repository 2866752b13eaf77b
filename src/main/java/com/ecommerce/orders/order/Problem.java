package com.ecommerce.orders.order;

import com.ecommerce.orders.identity.Permission;
import com.ecommerce.orders.pricing.Totals;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The reason why an operation was refused: one record for each kind, with the data of that kind. */
public sealed interface Problem extends OrderResponse {

    /** Returns the published code. */
    ProblemCode code();

    /** Returns what is wrong and what to do next, for a person. */
    String detail();

    /** Handles every kind of problem. */
    <T> T fold(Kinds<T> kinds);

    @Override
    default <T> T fold(Cases<T> cases) {
        return cases.problem(this);
    }

    /**
     * The kinds of problems whose documents have members or headers of their own.
     *
     * @param <T> the result of handling a problem
     */
    interface Kinds<T> {

        T invalidRequest(InvalidRequest problem);

        T forbidden(Forbidden problem);

        T staleVersion(StaleVersion problem);

        T duplicateExternalRef(DuplicateExternalRef problem);

        T totalMismatch(TotalMismatch problem);

        T invalidState(InvalidState problem);

        T invalidTransition(InvalidTransition problem);

        /** Handles a problem that its code and detail describe completely. */
        T plain(Problem problem);
    }

    /** A problem that its code and detail describe completely. */
    sealed interface Plain extends Problem {

        @Override
        default <T> T fold(Kinds<T> kinds) {
            return kinds.plain(this);
        }
    }

    /** The request itself breaks rules. */
    record InvalidRequest(List<Violation> violations) implements Problem {

        public InvalidRequest {
            violations = List.copyOf(violations);
        }

        public InvalidRequest(Violation violation) {
            this(List.of(violation));
        }

        @Override
        public ProblemCode code() {
            return ProblemCode.INVALID_REQUEST;
        }

        @Override
        public String detail() {
            return Violation.summary(violations);
        }

        @Override
        public <T> T fold(Kinds<T> kinds) {
            return kinds.invalidRequest(this);
        }
    }

    /** The caller lacks a permission. */
    record Forbidden(Permission required) implements Problem {

        @Override
        public ProblemCode code() {
            return ProblemCode.FORBIDDEN;
        }

        @Override
        public String detail() {
            return "The credential lacks the scope " + required.scope() + "; ask for one that has it";
        }

        @Override
        public <T> T fold(Kinds<T> kinds) {
            return kinds.forbidden(this);
        }
    }

    /** The caller's tenant has no such order. */
    record OrderNotFound(OrderId id) implements Plain {

        @Override
        public ProblemCode code() {
            return ProblemCode.NOT_FOUND;
        }

        @Override
        public String detail() {
            return "There is no order " + id;
        }
    }

    /** A request that must name the version that it changes does not. */
    record PreconditionRequired() implements Plain {

        @Override
        public ProblemCode code() {
            return ProblemCode.PRECONDITION_REQUIRED;
        }

        @Override
        public String detail() {
            return "An update needs If-Match with the ETag of the order that it changes; read the order first";
        }
    }

    /**
     * The order has another version than the request expects.
     *
     * @param current the version that the order has now
     */
    record StaleVersion(int current) implements Problem {

        @Override
        public ProblemCode code() {
            return ProblemCode.STALE_VERSION;
        }

        @Override
        public String detail() {
            return "The order is at version " + current
                    + " now. Read it, and send the change again if it still applies.";
        }

        @Override
        public <T> T fold(Kinds<T> kinds) {
            return kinds.staleVersion(this);
        }
    }

    /**
     * Another order of the tenant has the external reference.
     *
     * @param existing the order that has it
     */
    record DuplicateExternalRef(OrderId existing) implements Problem {

        @Override
        public ProblemCode code() {
            return ProblemCode.DUPLICATE_EXTERNAL_REF;
        }

        @Override
        public String detail() {
            return "Order " + existing + " has this externalRef already; read that one, or use another externalRef";
        }

        @Override
        public <T> T fold(Kinds<T> kinds) {
            return kinds.duplicateExternalRef(this);
        }
    }

    /**
     * The order does not cost what the client expects.
     *
     * @param computed what the order would cost
     */
    record TotalMismatch(Totals computed) implements Problem {

        @Override
        public ProblemCode code() {
            return ProblemCode.TOTAL_MISMATCH;
        }

        @Override
        public String detail() {
            return "The order would cost " + computed.grandTotal()
                    + ", not what expectedTotal says; compare totals with yours";
        }

        @Override
        public <T> T fold(Kinds<T> kinds) {
            return kinds.totalMismatch(this);
        }
    }

    /**
     * The order's status does not allow the change.
     *
     * @param reason what is not allowed, as a sentence without its full stop
     * @param allowedActions what the status allows
     */
    record InvalidState(String reason, Set<Action> allowedActions) implements Problem {

        @Override
        public ProblemCode code() {
            return ProblemCode.INVALID_STATE;
        }

        @Override
        public String detail() {
            return reason + allowed(allowedActions);
        }

        @Override
        public <T> T fold(Kinds<T> kinds) {
            return kinds.invalidState(this);
        }
    }

    /**
     * The order's status does not allow the action.
     *
     * @param allowedActions what the status allows
     */
    record InvalidTransition(OrderStatus status, Action refused, Set<Action> allowedActions) implements Problem {

        @Override
        public ProblemCode code() {
            return ProblemCode.INVALID_TRANSITION;
        }

        @Override
        public String detail() {
            return "The order is " + status + ", which does not allow " + refused.text() + allowed(allowedActions);
        }

        @Override
        public <T> T fold(Kinds<T> kinds) {
            return kinds.invalidTransition(this);
        }
    }

    /** Another request with the same idempotency key is still running. */
    record IdempotencyInFlight() implements Plain {

        @Override
        public ProblemCode code() {
            return ProblemCode.IDEMPOTENCY_IN_FLIGHT;
        }

        @Override
        public String detail() {
            return "A request with this Idempotency-Key is still running; send this one again in a second";
        }
    }

    /** Another request was carried out under the same idempotency key before. */
    record IdempotencyKeyReused() implements Plain {

        @Override
        public ProblemCode code() {
            return ProblemCode.IDEMPOTENCY_KEY_REUSED;
        }

        @Override
        public String detail() {
            return "This Idempotency-Key was used for another request; use a new key for a new request";
        }
    }

    /** Other requests kept changing the order at the same time. */
    record Conflict() implements Plain {

        @Override
        public ProblemCode code() {
            return ProblemCode.CONFLICT;
        }

        @Override
        public String detail() {
            return "Others kept changing the order at the same time; send the request again";
        }
    }

    /** The tenant has too many requests under way. */
    record TenantBusy(Effect effect) implements Plain {

        @Override
        public ProblemCode code() {
            return ProblemCode.TENANT_BUSY;
        }

        @Override
        public String detail() {
            return "Your tenant has too many requests under way. " + effect.text() + "Send this one again in a second.";
        }
    }

    /** The orders can't be reached. */
    record Unavailable(Effect effect) implements Plain {

        @Override
        public ProblemCode code() {
            return ProblemCode.UNAVAILABLE;
        }

        @Override
        public String detail() {
            return switch (effect) {
                case NOTHING_TO_STORE, NOT_STORED ->
                    "The orders can't be reached right now. " + effect.text() + "Send the request again in a moment.";
                case UNKNOWN, UNKNOWN_WITH_KEY ->
                    "The orders can't be reached right now, and it is unknown whether this request was carried out. "
                            + effect.text();
            };
        }
    }

    /** The effect of a request that could not be finished. */
    enum Effect {
        /** The request was a read or a dry run. */
        NOTHING_TO_STORE(""),
        NOT_STORED("Nothing was stored. "),
        /** The request may have been carried out, and it has no idempotency key. */
        UNKNOWN("Look before you repeat it. With an Idempotency-Key it is safe to repeat a request."),
        /** The request may have been carried out, and it has an idempotency key. */
        UNKNOWN_WITH_KEY("Send it again with the same Idempotency-Key: it is carried out once.");

        private final String text;

        Effect(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    private static String allowed(Set<Action> actions) {
        return actions.isEmpty()
                ? "; it is final"
                : "; allowed are " + actions.stream().map(Action::text).collect(Collectors.joining(", "));
    }
}
