package com.ecommerce.orders.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The process of a PostgreSQL server.
 *
 * @param pidFile the file in which the server stores the id of its process
 */
record ServerProcess(ProcessHandle process, Path pidFile) {

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(3);

    /** PostgreSQL's shutdowns, from the clean shutdown to the shutdown that needs recovery. */
    private static final List<String> SIGNALS = List.of("-INT", "-QUIT", "-KILL");

    /** Returns the running server that {@code data} names in its pid file. */
    static Optional<ServerProcess> on(Path data) throws IOException {
        Path pidFile = data.resolve("postmaster.pid");
        List<String> lines = Files.exists(pidFile) ? Files.readAllLines(pidFile) : List.of();
        long pid = lines.isEmpty() ? -1 : Long.parseLong(lines.get(0).strip());
        return ProcessHandle.of(pid)
                .filter(process -> process.info().commandLine().orElse("").contains(data.toString()))
                .map(process -> new ServerProcess(process, pidFile));
    }

    /** Stops the server. A server in recovery was seen to ignore the clean shutdown. */
    void stop() throws IOException {
        for (String signal : SIGNALS) {
            new ProcessBuilder("kill", signal, Long.toString(process.pid())).start();
            long deadline = System.nanoTime() + STOP_TIMEOUT.toNanos();
            while (isRunning() && System.nanoTime() < deadline) {
                pause();
            }
            if (!isRunning()) {
                return;
            }
        }
    }

    private boolean isRunning() {
        return process.isAlive() && Files.exists(pidFile);
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while PostgreSQL stops", e);
        }
    }
}
