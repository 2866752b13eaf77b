package com.ecommerce.orders.operation;

import java.util.List;
import java.util.UUID;

/** A problem of an order's payments, fulfillments, cancellations or returns. */
public sealed interface LedgerProblem extends Problem {

    /** The ledger of the order has no such entry, or the tenant has no such order. */
    record EntryNotFound(Ledger ledger, UUID id) implements LedgerProblem {

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
    record TransactionMismatch(OrderId order, UUID existing) implements LedgerProblem {

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
            return visitor.existingEntry(this, order, Ledger.TRANSACTIONS, existing);
        }
    }

    /**
     * The transaction is in another currency than its order.
     *
     * @param currency the order's currency
     */
    record CurrencyMismatch(String currency) implements LedgerProblem {

        @Override
        public ProblemCode code() {
            return ProblemCode.CURRENCY_MISMATCH;
        }

        @Override
        public String detail() {
            return "The transaction is not in the order's currency, " + currency
                    + ". Send the amount in this currency, or check the order's id.";
        }
    }

    /**
     * The amount is more than the order allows for this kind of transaction.
     *
     * @param available the largest allowed amount, in minor units
     */
    record AmountExceeded(long available) implements LedgerProblem {

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
            return visitor.availableAmount(this, available);
        }
    }

    /**
     * The reference belongs to a fulfillment with other details.
     *
     * @param order the order that has the fulfillment
     * @param existing the fulfillment that has the reference
     */
    record FulfillmentMismatch(OrderId order, UUID existing) implements LedgerProblem {

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
            return visitor.existingEntry(this, order, Ledger.FULFILLMENTS, existing);
        }
    }

    /**
     * The fee for a returned line is more than the credit for its units.
     *
     * @param lineNumber the line
     * @param available the credit, in minor units
     */
    record FeeExceeded(int lineNumber, long available) implements LedgerProblem {

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
            return visitor.availableAmount(this, available);
        }
    }

    /**
     * The order or the return has fewer units than requested.
     *
     * @param lines the lines that have too few units
     */
    record QuantityExceeded(List<Line> lines) implements LedgerProblem {

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
            return visitor.availableUnits(this, lines);
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
    record LimitExceeded(String detail) implements LedgerProblem {

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
    record InvalidLedgerWrite(String detail) implements LedgerProblem {

        @Override
        public ProblemCode code() {
            return ProblemCode.INVALID_TRANSITION;
        }
    }
}
