package com.ecommerce.orders.azure;

import com.ecommerce.orders.azure.worker.FunctionsHost;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The staged folder in a separate JVM, which has only the worker's libraries on its class path. */
final class StagedApp implements AutoCloseable {

    static final Path FOLDER =
            Path.of(System.getProperty("azure.staged", "target/azure-functions/ecommerce-order-api"));

    private static final Path WORKER = Path.of(System.getProperty("azure.worker", "target/azure-worker"));
    private static final Pattern LISTENING = Pattern.compile("Listening on (\\d+)");
    private static final Pattern OF_THE_WORKER =
            Pattern.compile("\\] (com\\.google\\.gson|com\\.ecommerce\\.orders\\.azure\\.worker)\\.");
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static @Nullable String workerClassPath;

    private final Process process;
    private final Path log;
    private final BufferedWriter commands;
    private final URI uri;

    private StagedApp(Process process, Path log) throws IOException, InterruptedException {
        this.process = process;
        this.log = log;
        this.commands = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        this.uri = URI.create("http://127.0.0.1:" + waitFor(LISTENING).group(1));
    }

    /** @param settings the app settings, and nothing else in the environment */
    static StagedApp start(String name, Map<String, String> settings) throws IOException, InterruptedException {
        return start(FOLDER, name, settings);
    }

    /** @param folder a staged folder */
    static StagedApp start(Path folder, String name, Map<String, String> settings)
            throws IOException, InterruptedException {
        Path log = Files.createDirectories(WORKER).resolve(name + ".log");
        long seed = ThreadLocalRandom.current().nextInt(1_000_000);
        ProcessBuilder java = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Duser.language=tr",
                "-cp",
                workerClassPath(),
                FunctionsHost.class.getName(),
                folder.toString(),
                Long.toString(seed)));
        java.environment().clear();
        java.environment().putAll(settings);
        return new StagedApp(
                java.redirectErrorStream(true).redirectOutput(log.toFile()).start(), log);
    }

    URI uri() {
        return uri;
    }

    /** Changes an app setting while the app runs. */
    void set(String name, String value) throws IOException, InterruptedException {
        commands.write(name + "=" + value + "\n");
        commands.flush();
        waitFor(Pattern.compile("Set " + name));
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    /** Returns the number of classes in a log of {@code -Xlog:class+load}, without those of the stand-in for the worker. */
    static long classesIn(Path log) throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains("source:")
                            && !OF_THE_WORKER.matcher(line).find())
                    .count();
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        commands.close();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }

    private Matcher waitFor(Pattern line) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (process.isAlive() && System.nanoTime() < deadline) {
            Matcher found = line.matcher(log());
            if (found.find()) {
                return found;
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        throw new IllegalStateException("Not in the log: " + line + "\n" + log());
    }

    /** Returns a class path with the worker's libraries and the test classes that stand in for the worker. */
    private static synchronized String workerClassPath() throws IOException {
        if (workerClassPath == null) {
            Path classes = Files.createTempDirectory("azure-worker");
            Path folder = Path.of(FunctionsHost.class.getPackageName().replace('.', '/'));
            Files.createDirectories(classes.resolve(folder));
            try (Stream<Path> files = Files.list(classes(FunctionsHost.class).resolve(folder))) {
                for (Path file : files.toList()) {
                    Files.copy(file, classes.resolve(folder).resolve(file.getFileName()));
                }
            }
            try (Stream<Path> files = Files.list(WORKER)) {
                workerClassPath = Stream.concat(Stream.of(classes), files.filter(file -> file.toString()
                                .endsWith(".jar")))
                        .map(Path::toString)
                        .collect(Collectors.joining(File.pathSeparator));
            }
        }
        return workerClassPath;
    }

    private static Path classes(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
