package com.ecommerce.orders.gcp.testkit;

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

/** Google's server of functions with one function, in a separate JVM. */
public final class GoogleInvoker implements AutoCloseable {

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

    /** Launches the artifact without waiting for it. */
    public static GoogleInvoker launch(String version, Map<String, String> environment, Path... more)
            throws IOException {
        return launch(Deployment.ofSource(version, environment, more));
    }

    /** Launches a function without waiting for it. Its environment has only its variables and those of the platform. */
    public static GoogleInvoker launch(Deployment deployment) throws IOException {
        int port = freePort();
        Path logs = Files.createDirectories(Deployment.INVOKERS.resolveSibling("logs"));
        Path out = logs.resolve(port + ".out").toAbsolutePath();
        Path err = logs.resolve(port + ".err").toAbsolutePath();
        ProcessBuilder builder = new ProcessBuilder(deployment.command())
                .directory(deployment.directory().toAbsolutePath().toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        // Cloud Run and the buildpack set these variables.
        builder.environment().put("PORT", Integer.toString(port));
        builder.environment().put("FUNCTION_TARGET", "com.ecommerce.orders.gcp.GcpHandler");
        builder.environment().put("FUNCTION_SIGNATURE_TYPE", "http");
        builder.environment().put("K_SERVICE", "orders");
        builder.environment().putAll(deployment.environment());
        return new GoogleInvoker(builder.start(), out, err, URI.create("http://localhost:" + port));
    }

    /** Starts the artifact and waits until it responds to {@code GET /health}. */
    public static GoogleInvoker start(String version, Map<String, String> environment, Path... more) throws Exception {
        return start(Deployment.ofSource(version, environment, more));
    }

    /** Starts a function and waits until it responds to {@code GET /health}. */
    public static GoogleInvoker start(Deployment deployment) throws Exception {
        GoogleInvoker invoker = launch(deployment);
        invoker.awaitHealth();
        return invoker;
    }

    /** Waits until the invoker accepts connections, as Cloud Run does before it sends a request. */
    public GoogleInvoker awaitPort() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (true) {
            try (Socket connected = new Socket(uri.getHost(), uri.getPort())) {
                return this;
            } catch (IOException e) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    close();
                    throw new IllegalStateException("Not started: " + errors() + String.join("\n", log()), e);
                }
                Thread.sleep(1);
            }
        }
    }

    /** Returns the user and system time that the process has used. */
    public long cpuMillis() {
        return process.info().totalCpuDuration().orElseThrow().toMillis();
    }

    /** Returns the address of the function. */
    public URI uri() {
        return uri;
    }

    /** Returns the lines of the standard output, which Cloud Logging reads line by line. */
    public List<String> log() throws IOException {
        return Files.readAllLines(out);
    }

    /** Returns the standard error output. */
    public String errors() throws IOException {
        return Files.readString(err);
    }

    /** Returns the exit code of a failed start. */
    public int awaitExit() throws InterruptedException {
        if (!process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("It runs and should not");
        }
        return process.exitValue();
    }

    /** Sends a {@code GET} request. */
    public static HttpResponse<String> get(URI uri, String... headers) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri).headers(headers).build();
        return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** Sends a request unchanged and returns the response with head and body. */
    public String send(String method, String rawPath, String body, String... headers) throws IOException {
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

    /** Ends the process regularly, so that the JVM writes its cache of classes. */
    public void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("It does not end");
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
