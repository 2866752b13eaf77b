package com.ecommerce.orders.operation;

import com.ecommerce.orders.identity.Permission;
import com.ecommerce.orders.pricing.Totals;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** A reason why an operation was refused. Each kind of problem is a record with its own data. */
public sealed interface Problem extends OrderResponse {

    /** Returns the published code. */
    ProblemCode code();

    /** Returns what is wrong and what to do next, for a person. */
    String detail();

    /** Handles every kind of problem. */
    <T> T accept(Visitor<T> visitor);

    @Override
    default <T> T accept(OrderResponse.Visitor<T> visitor) {
        return visitor.problem(this);
    }

    /**
     * One method for each kind of problem whose document has its own members or headers.
     *
     * @param <T> the result of handling a problem
     */
    interface Visitor<T> {

        T invalidRequest(InvalidRequest problem);

        T invalidParameter(InvalidParameter problem);

        T forbidden(Forbidden problem);

        T staleVersion(StaleVersion problem);

        T duplicateExternalRef(DuplicateExternalRef problem);

        T totalMismatch(TotalMismatch problem);

        T invalidState(InvalidState problem);

        T invalidTransition(InvalidTransition problem);

        T transactionMismatch(TransactionMismatch problem);

        T fulfillmentMismatch(FulfillmentMismatch problem);

        T amountExceeded(AmountExceeded problem);

        T feeExceeded(FeeExceeded problem);

        T quantityExceeded(QuantityExceeded problem);

        /** Handles a problem that its code and detail describe completely. */
        T plain(Problem problem);
    }

    /** A problem that its code and detail describe completely. */
    sealed interface Plain extends Problem {

        @Override
        default <T> T accept(Visitor<T> visitor) {
            return visitor.plain(this);
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
        public <T> T accept(Visitor<T> visitor) {
            return visitor.invalidRequest(this);
        }
    }

    /** A query parameter breaks a rule that only the operation knows. */
    record InvalidParameter(Violation violation) implements Problem {

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
            return visitor.invalidParameter(this);
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
            return "The token lacks the scope " + required.scope() + ". Ask the issuer for a token with this scope.";
        }

        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.forbidden(this);
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

    /** A cursor of the event feed belongs to an earlier log of the tenant. */
    record CursorExpired() implements Plain {

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
    record PreconditionRequired() implements Plain {

        @Override
        public ProblemCode code() {
            return ProblemCode.PRECONDITION_REQUIRED;
        }

        @Override
        public String detail() {
            return "The update has no If-Match header. Read the order, and send its ETag as If-Match.";
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
            return "The order now has version " + current
                    + ". Read the order, and send the change again if it still applies.";
        }

        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.staleVersion(this);
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
            return "Order " + existing + " already has this externalRef. Read that order, or use another externalRef.";
        }

        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.duplicateExternalRef(this);
        }
    }

    /**
     * The grand total differs from the total that the client expects.
     *
     * @param computed the totals that the API has computed
     */
    record TotalMismatch(Totals computed) implements Problem {

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
        public <T> T accept(Visitor<T> visitor) {
            return visitor.invalidState(this);
        }
    }

    /**
     * The order's status does not allow the action, or the order can't be canceled because of a fulfillment.
     *
     * @param allowedActions the actions that the order allows
     */
    record InvalidTransition(OrderStatus status, Action refused, Set<Action> allowedActions) implements Problem {

        @Override
        public ProblemCode code() {
            return ProblemCode.INVALID_TRANSITION;
        }

        @Override
        public String detail() {
            return status.allowedActions().contains(refused) && !allowedActions.isEmpty()
                    ? "The order has a fulfillment that is not canceled, so the order can't be canceled. Cancel the"
                            + " fulfillment, or cancel the open items. For delivered units create a return."
                    : "An order that is " + status + " does not allow " + refused.text() + allowed(allowedActions);
        }

        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.invalidTransition(this);
        }
    }

    /** The ledger of the order has no such entry, or the tenant has no such order. */
    record EntryNotFound(Ledger ledger, UUID id) implements Plain {

        @Override
        public ProblemCode code() {
            return ProblemCode.NOT_FOUND;
        }

        @Override
        public String detail() {
            return "The order has no " + ledger.entry() + " " + id + ". Check the ids of the order and of the "
                    + ledger.entry() + ".";
        }
    }

    /**
     * The transaction is already recorded, but with other details.
     *
     * @param order the order on which the transaction is recorded
     * @param existing the recorded transaction
     */
    record TransactionMismatch(OrderId order, UUID existing) implements Problem {

        @Override
        public ProblemCode code() {
            return ProblemCode.TRANSACTION_MISMATCH;
        }

        @Override
        public String detail() {
            return "Transaction " + existing
                    + " is recorded with other details. Read that transaction, and compare it with what the"
                    + " provider reports.";
        }

        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.transactionMismatch(this);
        }
    }

    /**
     * The transaction is in another currency than its order.
     *
     * @param currency the order's currency
     */
    record CurrencyMismatch(String currency) implements Plain {

        @Override
        public ProblemCode code() {
            return ProblemCode.CURRENCY_MISMATCH;
        }

        @Override
        public String detail() {
            return "The transaction is not in the order's currency, " + currency
                    + ". Send the amount in this currency, or record the" + " payment on another order.";
        }
    }

    /**
     * The amount is more than the order allows for this kind of transaction.
     *
     * @param available the largest allowed amount, in minor units
     */
    record AmountExceeded(long available) implements Problem {

        @Override
        public ProblemCode code() {
            return ProblemCode.AMOUNT_EXCEEDED;
        }

        @Override
        public String detail() {
            return "The amount is too large. The order now allows at most " + available
                    + " in minor units. Send at most this amount, or observed=true if the money has already moved.";
        }

        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.amountExceeded(this);
        }
    }

    /**
     * The reference belongs to a fulfillment with other details.
     *
     * @param order the order that has the fulfillment
     * @param existing the fulfillment that has the reference
     */
    record FulfillmentMismatch(OrderId order, UUID existing) implements Problem {

        @Override
        public ProblemCode code() {
            return ProblemCode.FULFILLMENT_MISMATCH;
        }

        @Override
        public String detail() {
            return "Fulfillment " + existing
                    + " already has this reference, with other details. Read that fulfillment, or use another reference.";
        }

        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.fulfillmentMismatch(this);
        }
    }

    /**
     * The fee for a returned line is more than the credit for its units.
     *
     * @param lineNumber the line
     * @param available the credit, in minor units
     */
    record FeeExceeded(int lineNumber, long available) implements Problem {

        @Override
        public ProblemCode code() {
            return ProblemCode.AMOUNT_EXCEEDED;
        }

        @Override
        public String detail() {
            return "The fee of line " + lineNumber + " is too large. The credit for its units is " + available
                    + " in minor units. Send at most this fee.";
        }

        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.feeExceeded(this);
        }
    }

    /**
     * The order or the return has fewer units than requested.
     *
     * @param lines the lines that have too few units
     */
    record QuantityExceeded(List<Line> lines) implements Problem {

        public QuantityExceeded {
            lines = List.copyOf(lines);
        }

        @Override
        public ProblemCode code() {
            return ProblemCode.QUANTITY_EXCEEDED;
        }

        @Override
        public String detail() {
            return "The order or the return has fewer units than requested. `lines` names the available units of each line."
                    + " Send at most these quantities.";
        }

        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.quantityExceeded(this);
        }

        /**
         * A line that has too few units.
         *
         * @param requested the units that the request asks for
         * @param available the units that the line has for this write
         */
        public record Line(int lineNumber, int requested, int available) {}
    }

    /**
     * The order has reached a limit of its ledger.
     *
     * @param detail the limit, and what to do
     */
    record LimitExceeded(String detail) implements Plain {

        @Override
        public ProblemCode code() {
            return ProblemCode.LIMIT_EXCEEDED;
        }
    }

    /**
     * The status of the order or of the entry does not allow this write to a ledger.
     *
     * @param detail what is wrong, and what is allowed
     */
    record InvalidLedgerWrite(String detail) implements Plain {

        @Override
        public ProblemCode code() {
            return ProblemCode.INVALID_TRANSITION;
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
            return "Another request with this Idempotency-Key is still running. Send this request again in a second.";
        }
    }

    /** The same idempotency key was used before, for another request. */
    record IdempotencyKeyReused() implements Plain {

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
    record Conflict() implements Plain {

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
    record TenantBusy(Effect effect) implements Plain {

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

    private static String allowed(Set<Action> actions) {
        return actions.isEmpty()
                ? ". This order allows no action any more."
                : ". Allowed actions: " + actions.stream().map(Action::text).collect(Collectors.joining(", ")) + ".";
    }
}
