package com.ecommerce.orders.azure.testkit;

import com.ecommerce.orders.azure.testkit.worker.FunctionsHost;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The staged folder in a separate JVM, which has only the worker's libraries on its class path. */
public final class StagedApp implements AutoCloseable {

    /** The folder that the build of the artifact fills and that is uploaded. */
    public static final Path FOLDER =
            Path.of(System.getProperty("azure.staged", "target/azure-functions/ecommerce-order-api"));

    /** The options that the worker's own configuration has, and a size of the heap. */
    private static final List<String> OPTIONS =
            List.of("-XX:TieredStopAtLevel=1", "-noverify", "-Djava.net.preferIPv4Stack=true", "-Xmx512m");

    private static final Path WORKER = Path.of(System.getProperty("azure.worker", "target/azure-worker"));
    private static final Pattern LISTENING = Pattern.compile("Listening on (\\d+)");
    private static final Pattern OF_THE_WORKER =
            Pattern.compile("\\] (com\\.google\\.gson|com\\.ecommerce\\.orders\\.azure\\.testkit\\.worker)\\.");
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

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
    public static StagedApp start(String name, Map<String, String> settings) throws IOException, InterruptedException {
        return start(FOLDER, name, settings);
    }

    /** @param folder a staged folder */
    public static StagedApp start(Path folder, String name, Map<String, String> settings)
            throws IOException, InterruptedException {
        return start(Path.of(System.getProperty("java.home")), folder, name, settings, List.of("-Duser.language=tr"));
    }

    /**
     * @param jdk the home directory of a JDK
     * @param options more options of the JVM
     */
    public static StagedApp start(
            Path jdk, Path folder, String name, Map<String, String> settings, List<String> options)
            throws IOException, InterruptedException {
        Path log = Files.createDirectories(WORKER).resolve(name + ".log");
        Files.deleteIfExists(log);
        long seed = ThreadLocalRandom.current().nextInt(1_000_000);
        List<String> command =
                new ArrayList<>(List.of(jdk.resolve("bin").resolve("java").toString()));
        command.addAll(OPTIONS);
        command.addAll(options);
        command.addAll(List.of(
                "-cp", workerClassPath(), FunctionsHost.class.getName(), folder.toString(), Long.toString(seed)));
        ProcessBuilder java = new ProcessBuilder(command);
        java.environment().clear();
        java.environment().putAll(settings);
        return new StagedApp(
                java.redirectErrorStream(true).redirectOutput(log.toFile()).start(), log);
    }

    /** Returns the address of the app. */
    public URI uri() {
        return uri;
    }

    /** Changes an app setting while the app runs. */
    public void set(String name, String value) throws IOException, InterruptedException {
        commands.write(name + "=" + value + "\n");
        commands.flush();
        waitFor(Pattern.compile("Set " + name));
    }

    /** Returns all lines that the app and the host have written. */
    public String log() throws IOException {
        return Files.readString(log);
    }

    /** Returns the user and system time of the process. */
    public Duration cpu() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /** Returns the number of classes in a log of {@code -Xlog:class+load}, without those of the stand-in for the worker. */
    public static long classesIn(Path log) throws IOException {
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
            TimeUnit.MILLISECONDS.sleep(5);
        }
        throw new IllegalStateException("Not in the log: " + line + "\n" + log());
    }

    /** Returns a class path with the worker's libraries and the classes that stand in for the worker. */
    private static String workerClassPath() throws IOException {
        Path classes = Files.createDirectories(WORKER.resolve("classes"));
        Path compiled = classes(FunctionsHost.class);
        Path folder = Path.of(FunctionsHost.class.getPackageName().replace('.', '/'));
        Files.createDirectories(classes.resolve(folder));
        try (Stream<Path> files = Files.list(compiled.resolve(folder))) {
            for (Path file : files.toList()) {
                Files.write(classes.resolve(folder).resolve(file.getFileName()), Files.readAllBytes(file));
            }
        }
        List<Path> path = new ArrayList<>(List.of(classes));
        try (Stream<Path> jars = Files.list(WORKER)) {
            jars.filter(jar -> jar.toString().endsWith(".jar")).forEach(path::add);
        }
        return path.stream().map(Path::toString).collect(Collectors.joining(System.getProperty("path.separator")));
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
