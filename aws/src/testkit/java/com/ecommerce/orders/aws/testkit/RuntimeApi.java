package com.ecommerce.orders.aws.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A stand-in for Lambda's Runtime API. A runtime fetches events from it and sends results to it. */
public final class RuntimeApi implements AutoCloseable {

    private static final String INVOCATION = "/2018-06-01/runtime/invocation/";

    private final BlockingQueue<Invocation> waiting = new LinkedBlockingQueue<>();
    private final Map<String, Invocation> running = new ConcurrentHashMap<>();
    private final Semaphore polls = new Semaphore(0);
    private final CountDownLatch checkpoint = new CountDownLatch(1);
    private final CountDownLatch restore = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private volatile boolean abandoned;

    public RuntimeApi() throws IOException {
        server = HttpServer.create(Loopback.anyPort(), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Returns the address for {@code AWS_LAMBDA_RUNTIME_API}. */
    public String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** Returns the result of the function. Fails if the function reports an error. */
    public byte[] invoke(byte[] event) throws Exception {
        polls.drainPermits();
        Invocation invocation = new Invocation(UUID.randomUUID().toString(), event, new CompletableFuture<>());
        waiting.add(invocation);
        if (abandoned) {
            abandon();
        }
        return invocation.answer().get(30, TimeUnit.SECONDS);
    }

    /** Tells whether a runtime has asked for an event since the last call. */
    public boolean awaitPoll(Duration timeout) throws InterruptedException {
        return polls.tryAcquire(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Ends all waiting for results, because the runtime has ended. */
    public void abandon() {
        abandoned = true;
        FunctionException gone = new FunctionException("The function's process has ended");
        running.values().forEach(each -> each.answer().completeExceptionally(gone));
        waiting.forEach(each -> each.answer().completeExceptionally(gone));
    }

    /** Waits until the runtime is ready for a snapshot. */
    public void awaitCheckpoint() throws InterruptedException {
        if (!checkpoint.await(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("The runtime did not get to its checkpoint");
        }
    }

    public void restore() {
        restore.countDown();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        try (exchange) {
            if (path.equals(INVOCATION + "next")) {
                next(exchange);
            } else if (path.endsWith("/restore/next")) {
                checkpoint.countDown();
                restore.await();
                exchange.sendResponseHeaders(200, -1);
            } else {
                finish(exchange, path);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void next(HttpExchange exchange) throws IOException, InterruptedException {
        polls.release();
        Invocation invocation = waiting.take();
        running.put(invocation.id(), invocation);
        exchange.getResponseHeaders().set("Lambda-Runtime-Aws-Request-Id", invocation.id());
        exchange.getResponseHeaders()
                .set("Lambda-Runtime-Deadline-Ms", Long.toString(System.currentTimeMillis() + 28_000));
        exchange.getResponseHeaders()
                .set(
                        "Lambda-Runtime-Invoked-Function-Arn",
                        "arn:aws:lambda:eu-central-1:123456789012:function:orders:live");
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, invocation.event().length == 0 ? -1 : invocation.event().length);
        exchange.getResponseBody().write(invocation.event());
    }

    private void finish(HttpExchange exchange, String path) throws IOException {
        byte[] content = exchange.getRequestBody().readAllBytes();
        Invocation invocation = path.startsWith(INVOCATION)
                ? running.remove(path.substring(INVOCATION.length(), path.lastIndexOf('/')))
                : null;
        if (invocation == null) {
            System.err.println(path + ": " + new String(content, StandardCharsets.UTF_8));
        } else if (path.endsWith("/response")) {
            invocation.answer().complete(content);
        } else {
            invocation
                    .answer()
                    .completeExceptionally(new FunctionException(new String(content, StandardCharsets.UTF_8)));
        }
        exchange.sendResponseHeaders(202, -1);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private record Invocation(String id, byte[] event, CompletableFuture<byte[]> answer) {}

    /** An error that the function reported. */
    public static final class FunctionException extends Exception {

        FunctionException(String message) {
            super(message);
        }
    }
}
