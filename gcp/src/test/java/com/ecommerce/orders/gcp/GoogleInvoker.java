package com.ecommerce.orders.gcp;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Google's server of functions with {@code target/deploy}, in a separate JVM, as the buildpack starts it. */
final class GoogleInvoker implements AutoCloseable {

    static final Path DEPLOY = Path.of("target", "deploy");
    static final Path JAR = DEPLOY.resolve("ecommerce-order-api.jar");

    private static final Path INVOKERS = Path.of("target", "gcp", "invokers");
    private static final Duration TIMEOUT = Duration.ofSeconds(90);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final Process process;
    private final Path out;
    private final Path err;
    private final URI uri;

    private GoogleInvoker(Process process, Path out, Path err, URI uri) {
        this.process = process;
        this.out = out;
        this.err = err;
        this.uri = uri;
    }

    /** Launches a process without waiting for it. Its environment has only these variables and those of the platform. */
    static GoogleInvoker launch(String version, Map<String, String> environment, Path... more) throws IOException {
        int port = freePort();
        Path logs = Files.createDirectories(INVOKERS.resolveSibling("logs"));
        Path out = logs.resolve(version + "-" + port + ".out");
        Path err = logs.resolve(version + "-" + port + ".err");
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-jar",
                        INVOKERS.resolve("java-function-invoker-" + version + ".jar")
                                .toString(),
                        "--classpath",
                        Stream.concat(Stream.of(JAR), Stream.of(more))
                                .map(Path::toString)
                                .collect(Collectors.joining(File.pathSeparator))))
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        // Cloud Run and the buildpack set these variables.
        builder.environment().put("PORT", Integer.toString(port));
        builder.environment().put("FUNCTION_TARGET", "com.ecommerce.orders.gcp.GcpHandler");
        builder.environment().put("FUNCTION_SIGNATURE_TYPE", "http");
        builder.environment().put("K_SERVICE", "orders");
        return new GoogleInvoker(builder.start(), out, err, URI.create("http://localhost:" + port));
    }

    /** @param more more jars on the class path, besides the deployed jar */
    static GoogleInvoker start(String version, Map<String, String> environment, Path... more) throws Exception {
        GoogleInvoker invoker = launch(version, environment, more);
        invoker.awaitHealth();
        return invoker;
    }

    URI uri() {
        return uri;
    }

    /** Returns the lines of the standard output, which Cloud Logging reads line by line. */
    List<String> log() throws IOException {
        return Files.readAllLines(out);
    }

    /** Returns the standard error output. */
    String errors() throws IOException {
        return Files.readString(err);
    }

    /** Returns the exit code of a failed start. */
    int awaitExit() throws InterruptedException {
        if (!process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("It runs and should not");
        }
        return process.exitValue();
    }

    static HttpResponse<String> get(URI uri, String... headers) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri).headers(headers).build();
        return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** Sends a request unchanged and returns the response with head and body. */
    String send(String method, String rawPath, String body, String... headers) throws IOException {
        StringBuilder request = new StringBuilder(method + " " + rawPath + " HTTP/1.1\r\nHost: localhost\r\n")
                .append("Connection: close\r\nContent-Length: " + body.length() + "\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.getOutputStream()
                    .write(request.append("\r\n").append(body).toString().getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void awaitHealth() throws Exception {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (!isHealthy()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                close();
                throw new IllegalStateException("Not started: " + errors() + String.join("\n", log()));
            }
            Thread.sleep(100);
        }
    }

    private boolean isHealthy() throws InterruptedException {
        try {
            return get(uri.resolve("/health"), "Accept", "*/*").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
