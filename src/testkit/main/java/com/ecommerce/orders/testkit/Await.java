package com.ecommerce.orders.testkit;

import java.time.Duration;
import java.util.concurrent.Callable;

/** The wait of a test for a state that another thread or process reaches. A test that sets its clock needs no wait. */
public final class Await {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final long MILLIS_BETWEEN_LOOKS = 10;

    private Await() {}

    /**
     * Waits until {@code isReached} returns true.
     *
     * @param state what the test waits for, for the message
     * @throws IllegalStateException if the state is not reached within minutes
     */
    public static void until(String state, Callable<Boolean> isReached) throws Exception {
        until(state, TIMEOUT, isReached);
    }

    /** @throws IllegalStateException if the state is not reached within {@code timeout} */
    public static void until(String state, Duration timeout, Callable<Boolean> isReached) throws Exception {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!isReached.call()) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("Waited " + timeout.toSeconds() + " s without success for " + state);
            }
            Thread.sleep(MILLIS_BETWEEN_LOOKS);
        }
    }
}
