package com.ecommerce.orders.local.testkit;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The API in a separate process with a separate data directory. Tests can kill the process. */
public final class ApiProcess implements AutoCloseable {

    private static final Pattern DATABASE_PORT = Pattern.compile("PostgreSQL on port ([0-9]+)");
    private static final String QUICK_START = "-XX:TieredStopAtLevel=1";
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final Path directory;
    private final int port;
    private final List<String> program;
    private final Map<String, String> settings;
    private Process process;
    private Path log;

    private ApiProcess(Path directory, int port, List<String> program, Map<String, String> settings)
            throws IOException {
        this.directory = directory;
        this.port = port;
        this.program = program;
        this.settings = settings;
        this.log = Files.createTempFile(directory, "api", ".log");
        this.process = launch();
    }

    /** Starts the compiled API. */
    public static ApiProcess startIn(Path directory) throws IOException, InterruptedException {
        return startIn(directory, Map.of());
    }

    /** Starts the compiled API with these settings in its environment. */
    public static ApiProcess startIn(Path directory, Map<String, String> settings)
            throws IOException, InterruptedException {
        return start(directory, compiled(QUICK_START), settings);
    }

    /** The same, to be measured: slower to start, faster in the long run. */
    public static ApiProcess startForLoad(Path directory, Map<String, String> settings)
            throws IOException, InterruptedException {
        return start(directory, compiled("-XX:+TieredCompilation"), settings);
    }

    /** Starts the packaged API to be measured, as {@code java -jar} does. */
    public static ApiProcess startForLoad(Path directory, Path jar, Map<String, String> settings)
            throws IOException, InterruptedException {
        return start(directory, List.of("-jar", jar.toString()), settings);
    }

    private static List<String> compiled(String option) {
        return List.of(
                option,
                "-cp",
                System.getProperty("java.class.path"),
                MovableClock.class.getName(),
                "--spring.profiles.active=local");
    }

    /** Starts the packaged API. */
    public static ApiProcess startIn(Path directory, Path jar) throws IOException, InterruptedException {
        return startIn(directory, jar, Map.of());
    }

    /** Starts the packaged API with these settings in its environment. */
    public static ApiProcess startIn(Path directory, Path jar, Map<String, String> settings)
            throws IOException, InterruptedException {
        return start(directory, List.of(QUICK_START, "-jar", jar.toString()), settings);
    }

    private static ApiProcess start(Path directory, List<String> program, Map<String, String> settings)
            throws IOException, InterruptedException {
        try (ServerSocket free = new ServerSocket(0)) {
            int port = free.getLocalPort();
            free.close();
            ApiProcess api = new ApiProcess(directory, port, program, settings);
            api.awaitReady();
            return api;
        }
    }

    /** Starts the process again after {@link #kill()} and waits until it is ready. */
    public void start() throws IOException, InterruptedException {
        log = Files.createTempFile(directory, "api", ".log");
        process = launch();
        awaitReady();
    }

    private Process launch() throws IOException {
        List<String> command = new ArrayList<>(program);
        command.add(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("DB_") || name.startsWith("ORDERS_"));
        builder.environment().putAll(Map.of("PORT", "" + port, "ORDERS_DATA_DIR", directory.toString()));
        builder.environment().putAll(settings);
        return builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    }

    /** Waits until the API is ready. The recovery of PostgreSQL may take a while. */
    public void awaitReady() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (!isReady()) {
            if (System.nanoTime() > deadline || !process.isAlive()) {
                throw new IllegalStateException("The API does not become ready:\n" + log());
            }
            Thread.sleep(50);
        }
    }

    /** Ends the process at once, as the operating system does without free memory. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public long pid() {
        return process.pid();
    }

    /** Returns the CPU time of the process, including its just-in-time compiler. */
    public Duration cpu() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    public String token() throws IOException, InterruptedException {
        return token("acme");
    }

    public String token(String tenant) throws IOException, InterruptedException {
        return client.send(request("/dev/token?tenant=" + tenant).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    public HttpResponse<String> send(String method, String path, String token, String key, String ifMatch, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!key.isEmpty()) {
            request.header("Idempotency-Key", key);
        }
        if (!ifMatch.isEmpty()) {
            request.header("If-Match", ifMatch);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Returns everything that the process has written. */
    public String log() throws IOException {
        return Files.readString(log);
    }

    /** Returns the JDBC URL of the API's embedded database. Tests use it to read the stored rows. */
    public String databaseUrl() throws IOException {
        Matcher matcher = DATABASE_PORT.matcher(log());
        if (!matcher.find()) {
            throw new IllegalStateException("The API does not print the port of its database");
        }
        return "jdbc:postgresql://localhost:" + matcher.group(1) + "/orders?user=postgres";
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }

    private boolean isReady() throws InterruptedException {
        try {
            return client.send(request("/ready").build(), HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(uri() + path)).timeout(Duration.ofSeconds(20));
    }
}
