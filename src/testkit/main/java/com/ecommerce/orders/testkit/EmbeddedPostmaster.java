package com.ecommerce.orders.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The server process of an embedded PostgreSQL. Another process has started the server. */
public final class EmbeddedPostmaster {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

    private final Path data;
    private final List<String> command;

    private EmbeddedPostmaster(Path data, List<String> command) {
        this.data = data;
        this.command = command;
    }

    public static EmbeddedPostmaster of(Path directory) throws IOException {
        Path data = directory.resolve("postgres");
        ProcessHandle server = ProcessHandle.of(pid(data)).orElseThrow();
        Path program = Path.of(server.info().command().orElseThrow());
        String options = Files.readString(data.resolve("postmaster.opts"));
        String arguments =
                options.substring(options.indexOf(' ')).replace("\"", "").strip();
        List<String> start = new ArrayList<>(List.of(
                program.resolveSibling("pg_ctl").toString(),
                "-D",
                data.toString(),
                "-o",
                arguments,
                "-w",
                "-l",
                directory.resolve("restart.log").toString(),
                "start"));
        if (System.getProperty("user.name").equals("root")) {
            // PostgreSQL refuses root, so the library starts it in a user namespace.
            start.addAll(0, List.of("unshare", "-U"));
        }
        return new EmbeddedPostmaster(data, start);
    }

    public void stop() throws IOException, InterruptedException {
        Signal.send("INT", pid(data));
        while (Files.exists(data.resolve("postmaster.pid"))) {
            Thread.sleep(20);
        }
    }

    /** Ends the server and all its backends at once, as a power cut does. */
    public void kill() throws IOException {
        signal("KILL");
    }

    /** Stops all processes of the server until {@link #thaw()}. */
    public void freeze() throws IOException {
        signal("STOP");
    }

    public void thaw() throws IOException {
        signal("CONT");
    }

    public boolean isAlive() throws IOException {
        return Files.exists(data.resolve("postmaster.pid"))
                && ProcessHandle.of(pid(data)).isPresent();
    }

    private void signal(String name) throws IOException {
        ProcessHandle server = ProcessHandle.of(pid(data)).orElseThrow();
        // The server comes first, so that it starts no other processes.
        List<ProcessHandle> all = new ArrayList<>(List.of(server));
        server.descendants().forEach(all::add);
        for (ProcessHandle process : all) {
            Signal.send(name, process.pid());
        }
    }

    /** Starts the server again when the system has removed the remains of the old server. */
    public void start() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (!tryToStart()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("PostgreSQL does not start again: " + command);
            }
            Thread.sleep(200);
        }
    }

    private boolean tryToStart() throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    private static long pid(Path data) throws IOException {
        return Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
    }
}
