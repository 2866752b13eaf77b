package com.ecommerce.orders.testkit;

import java.io.IOException;

/** Signals to processes that a test has started. */
public final class Signal {

    private Signal() {}

    /** @param name as {@code kill} knows it; nothing happens if the process is gone */
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
