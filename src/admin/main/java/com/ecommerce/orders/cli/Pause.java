package com.ecommerce.orders.cli;

import java.time.Duration;

/** A wait between two requests. */
interface Pause {

    /** Waits in real time. */
    Pause REAL = time -> {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    };

    /** Waits for this time. */
    void await(Duration time);
}
