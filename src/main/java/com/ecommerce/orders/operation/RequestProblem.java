package com.ecommerce.orders.operation;

import com.ecommerce.orders.identity.Permission;
import java.util.List;

/** A problem that is about the request itself, or that any operation may have. */
public sealed interface RequestProblem extends Problem {

    /** The request itself breaks rules. */
    record InvalidRequest(List<Violation> violations) implements RequestProblem {

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
        public <T> T accept(Visitor<T> visitor) {
            return visitor.violations(this, violations);
        }
    }

    /** A query parameter breaks a rule that only the operation knows. */
    record InvalidParameter(Violation violation) implements RequestProblem {

        @Override
        public ProblemCode code() {
            return ProblemCode.INVALID_PARAMETER;
        }

        @Override
        public String detail() {
            return Violation.summary(List.of(violation));
        }

        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.violations(this, List.of(violation));
        }
    }

    /** The caller lacks a permission. */
    record Forbidden(Permission required) implements RequestProblem {

        @Override
        public ProblemCode code() {
            return ProblemCode.FORBIDDEN;
        }

        @Override
        public String detail() {
            return "The token lacks the scope " + required.scope() + ". Ask the issuer for a token with this scope.";
        }

        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.missingPermission(this, required);
        }
    }

    /** A cursor of the event feed belongs to an earlier log of the tenant. */
    record CursorExpired() implements RequestProblem {

        @Override
        public ProblemCode code() {
            return ProblemCode.CURSOR_EXPIRED;
        }

        @Override
        public String detail() {
            return "The event log was restored or erased since this cursor was received. Start again without `after`, or"
                    + " with after=latest.";
        }
    }

    /** An update does not name the version that it changes. */
    record PreconditionRequired() implements RequestProblem {

        @Override
        public ProblemCode code() {
            return ProblemCode.PRECONDITION_REQUIRED;
        }

        @Override
        public String detail() {
            return "The update has no If-Match header. Read the order, and send its ETag as If-Match.";
        }
    }

    /** Another request with the same idempotency key is still running. */
    record IdempotencyInFlight() implements RequestProblem {

        @Override
        public ProblemCode code() {
            return ProblemCode.IDEMPOTENCY_IN_FLIGHT;
        }

        @Override
        public String detail() {
            return "Another request with this Idempotency-Key is still running. Send this request again in a second.";
        }
    }

    /** The same idempotency key was used before, for another request. */
    record IdempotencyKeyReused() implements RequestProblem {

        @Override
        public ProblemCode code() {
            return ProblemCode.IDEMPOTENCY_KEY_REUSED;
        }

        @Override
        public String detail() {
            return "This Idempotency-Key was used for another request. Use a new key for a new request.";
        }
    }

    /** Other requests kept changing the order at the same time. */
    record Conflict() implements RequestProblem {

        @Override
        public ProblemCode code() {
            return ProblemCode.CONFLICT;
        }

        @Override
        public String detail() {
            return "Other requests changed the order at the same time. Send the request again.";
        }
    }

    /** The tenant has too many requests at the same time. */
    record TenantBusy(Effect effect) implements RequestProblem {

        @Override
        public ProblemCode code() {
            return ProblemCode.TENANT_BUSY;
        }

        @Override
        public String detail() {
            return "Your tenant has too many requests at the same time. " + effect.text()
                    + "Send this request again in a second.";
        }
    }

    /** The orders can't be reached. */
    record Unavailable(Effect effect) implements RequestProblem {

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
                    "The orders can't be reached right now. It is unknown whether this request was carried out. "
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
        UNKNOWN("Check before you repeat the request. With an Idempotency-Key a request is safe to repeat."),
        /** The request may have been carried out, and it has an idempotency key. */
        UNKNOWN_WITH_KEY("Send the request again with the same Idempotency-Key. It is carried out only once.");

        private final String text;

        Effect(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }
}
