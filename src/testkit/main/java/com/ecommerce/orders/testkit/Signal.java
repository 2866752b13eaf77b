package com.ecommerce.orders.testkit;

import java.io.IOException;

/** Signals to processes that a test has started. */
public final class Signal {

    private Signal() {}

    /** @param name the name of the signal for {@code kill}; nothing happens if the process no longer exists */
    public static void send(String name, long pid) throws IOException {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
