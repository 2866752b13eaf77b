package com.ecommerce.orders.order;

import com.ecommerce.orders.operation.OrderDocument;
import com.ecommerce.orders.operation.Problem;

/** The outcome of a write. */
public sealed interface WriteOutcome {

    /** Handles every kind of outcome. */
    <T> T accept(Visitor<T> visitor);

    /**
     * One method for each kind of outcome.
     *
     * @param <T> the result of handling an outcome
     */
    interface Visitor<T> {

        T stored(OrderDocument document);

        T replayed(OrderDocument document);

        T refused(Problem problem);
    }

    /**
     * The write is stored, by this call or by an earlier attempt. A dry run has the same outcome, and stores nothing.
     *
     * @param document the order as the storage has completed it
     */
    record Stored(OrderDocument document) implements WriteOutcome {

        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.stored(document);
        }
    }

    /**
     * The same request was carried out before, with the same idempotency key.
     *
     * @param document the response to the first request
     */
    record Replayed(OrderDocument document) implements WriteOutcome {

        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.replayed(document);
        }
    }

    /** The write was refused, and nothing is stored. */
    record Refused(Problem problem) implements WriteOutcome {

        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.refused(problem);
        }
    }
}
