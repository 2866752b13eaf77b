package com.ecommerce.orders.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The server process of an embedded PostgreSQL that another process has started. */
final class EmbeddedPostmaster {

    private final Path data;
    private final List<String> command;

    private EmbeddedPostmaster(Path data, List<String> command) {
        this.data = data;
        this.command = command;
    }

    static EmbeddedPostmaster of(Path directory) throws IOException {
        Path data = directory.resolve("postgres");
        ProcessHandle server = ProcessHandle.of(pid(data)).orElseThrow();
        Path programs = Path.of(server.info().command().orElseThrow()).getParent();
        String options = Files.readString(data.resolve("postmaster.opts"));
        String arguments =
                options.substring(options.indexOf(' ')).replace("\"", "").strip();
        List<String> start = new ArrayList<>(List.of(
                programs.resolve("pg_ctl").toString(),
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

    void stop() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", Long.toString(pid(data))).start().waitFor();
        while (Files.exists(data.resolve("postmaster.pid"))) {
            Thread.sleep(20);
        }
    }

    void start() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("PostgreSQL does not start again: " + command);
        }
    }

    private static long pid(Path data) throws IOException {
        return Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
    }
}
