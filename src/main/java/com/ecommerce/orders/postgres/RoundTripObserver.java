package com.ecommerce.orders.postgres;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An observer of the round trips to the database, for example a timer. */
public interface RoundTripObserver {

    /**
     * Runs {@code roundTrip} and returns its result. A repetition after a lost connection is part of the same round trip.
     *
     * @param sql the statement, without its arguments; the same text each time
     */
    <T extends @Nullable Object> T observe(String sql, Supplier<T> roundTrip);
}
