package com.ecommerce.orders.local;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** Measures what a quiet tenant notices of a noisy one that sends far more requests at once than its share. */
final class NoisyTenant {

    private static final int CLIENTS = 32;
    private static final String ORDER =
            "{\"currency\":\"EUR\",\"items\":[{\"sku\":\"A\",\"quantity\":1,\"unitPrice\":5}]}";

    private final ApiProcess api;
    private final int seconds;
    private final AtomicInteger served = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private volatile boolean noisy = true;
    private volatile String failure;

    private NoisyTenant(ApiProcess api, int seconds) {
        this.api = api;
        this.seconds = seconds;
    }

    /** @param seconds how long each of three measurements takes */
    static String run(Path directory, int seconds) throws Exception {
        try (Stage stage = Stage.measured(directory)) {
            return run(stage, seconds);
        }
    }

    /** The same on a stage that is there already. */
    static String run(Stage stage, int seconds) throws Exception {
        ApiProcess api = stage.api();
        String noisyToken = api.token("noisy");
        String order = api.send("POST", "/orders", noisyToken, "", "", ORDER)
                .headers()
                .firstValue("Location")
                .orElseThrow();
        new NoisyTenant(api, seconds).quiet();
        String alone = "alone: " + new NoisyTenant(api, seconds).quiet();

        NoisyTenant flooding = new NoisyTenant(api, seconds);
        String flooded = "while " + CLIENTS + " clients of another tenant list without a pause: "
                + flooding.quietWhile(noisyToken, "GET", "/orders", 200);

        NoisyTenant hanging = new NoisyTenant(api, seconds);
        String hung;
        try (Connection superuser = stage.superuser();
                Statement statement = superuser.createStatement()) {
            superuser.setAutoCommit(false);
            statement.execute("SELECT FROM orders WHERE tenant_id = 'noisy' FOR UPDATE");
            hung = "while " + CLIENTS + " requests of another tenant hang in its share of the connections: "
                    + hanging.quietWhile(noisyToken, "POST", order + "/confirm", 409);
        }
        return "noisy: a quiet tenant's requests, each answered;\n  " + alone + "\n  " + flooded + "\n  " + hung;
    }

    private String quietWhile(String token, String method, String path, int expected) throws Exception {
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            Thread client = new Thread(() -> beNoisy(token, method, path, expected));
            client.setDaemon(true);
            client.start();
            clients.add(client);
        }
        String latency = quiet();
        noisy = false;
        for (Thread client : clients) {
            client.join();
        }
        if (failure != null) {
            throw new IllegalStateException(failure);
        }
        return latency + " (the other: " + served + " answered " + expected + ", " + refused + " answered 429)";
    }

    private void beNoisy(String token, String method, String path, int expected) {
        try {
            while (noisy && failure == null) {
                HttpResponse<String> response = api.send(method, path, token, "", "", "");
                if (response.statusCode() == expected) {
                    served.incrementAndGet();
                } else if (response.statusCode() == 429 && response.body().contains("TENANT_BUSY")) {
                    refused.incrementAndGet();
                } else {
                    failure = "The noisy tenant was answered " + response.statusCode() + " " + response.body();
                }
            }
        } catch (IOException | InterruptedException e) {
            failure = e.toString();
        }
    }

    /** A tenant with one client that places and reads orders, one request after the other. */
    private String quiet() throws Exception {
        String token = api.token("quiet");
        List<Long> micros = new ArrayList<>();
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        while (System.nanoTime() < end) {
            long start = System.nanoTime();
            HttpResponse<String> created = api.send("POST", "/orders", token, "", "", ORDER);
            micros.add((System.nanoTime() - start) / 1_000);
            start = System.nanoTime();
            HttpResponse<String> read =
                    api.send("GET", created.headers().firstValue("Location").orElse("/orders"), token, "", "", "");
            micros.add((System.nanoTime() - start) / 1_000);
            if (created.statusCode() != 201 || read.statusCode() != 200) {
                throw new IllegalStateException("The quiet tenant was answered " + created.statusCode() + " and "
                        + read.statusCode() + ": " + created.body());
            }
            Thread.sleep(5);
        }
        long[] sorted = micros.stream().mapToLong(Long::longValue).sorted().toArray();
        return String.format(
                Locale.ROOT,
                "p50 %.1f ms, p99 %.1f ms, longest %.1f ms",
                sorted[sorted.length / 2] / 1_000.0,
                sorted[sorted.length * 99 / 100] / 1_000.0,
                sorted[sorted.length - 1] / 1_000.0);
    }
}
