package com.ecommerce.orders.local;

import com.ecommerce.orders.local.testkit.ApiProcess;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.NullUnmarked;

/**
 * A measurement of how a noisy tenant affects a quiet tenant. The noisy tenant asks for far more than its share. The API has
 * the default heap of Java in a container of 512 MiB.
 */
@NullUnmarked
final class NoisyTenant {

    private static final String HEAP = "-Xmx128m -XX:+ExitOnOutOfMemoryError";
    private static final long LONGEST_P99_MICROS = 1_000_000;

    private final ApiProcess api;
    private final int seconds;
    private final Map<Integer, Integer> statuses = new ConcurrentHashMap<>();
    private volatile boolean noisy = true;
    private volatile String failure;

    private NoisyTenant(ApiProcess api, int seconds) {
        this.api = api;
        this.seconds = seconds;
    }

    /** @param seconds the duration of each measurement */
    static String run(Path directory, int seconds) throws Exception {
        try (Stage stage = Stage.measured(directory, Map.of("JAVA_TOOL_OPTIONS", HEAP))) {
            return run(stage, seconds);
        }
    }

    /** Runs the measurement on an existing stage. */
    static String run(Stage stage, int seconds) throws Exception {
        ApiProcess api = stage.api();
        Noise noise = new Noise(api, api.token("noisy"));
        String order = noise.place(Noise.SMALL_ORDER);
        new NoisyTenant(api, seconds).quiet();
        StringBuilder told = new StringBuilder("noisy: a quiet tenant's requests, each answered;");
        tell(told, "alone", new NoisyTenant(api, seconds).quiet());
        tell(
                told,
                "while 32 clients of another tenant list without a pause",
                new NoisyTenant(api, seconds).quietWhile(32, () -> noise.send("GET", "/orders", "")));
        try (Connection superuser = stage.superuser();
                Statement statement = superuser.createStatement()) {
            superuser.setAutoCommit(false);
            statement.execute("SELECT FROM orders WHERE tenant_id = 'noisy' FOR UPDATE");
            tell(
                    told,
                    "while 32 requests of another tenant hang in its share of the connections",
                    new NoisyTenant(api, seconds).quietWhile(32, () -> noise.send("POST", order + "/confirm", "")));
        }
        tell(
                told,
                "while 30 clients of another tenant send bodies of 1 MiB",
                new NoisyTenant(api, seconds)
                        .quietWhile(30, () -> noise.send("POST", "/orders?dryRun=true", Noise.ORDER_OF_1_MIB)));
        noise.placePageOf4MiB();
        tell(
                told,
                "while 50 clients of another tenant ask for a page of 4 MiB and do not read it",
                new NoisyTenant(api, seconds).quietWhile(50, () -> noise.askAndNotRead("/orders?limit=200")));
        return told.toString();
    }

    private static void tell(StringBuilder told, String what, String figures) {
        told.append("\n  ").append(what).append(": ").append(figures);
    }

    private String quietWhile(int clients, Noise.Request request) throws Exception {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            Thread client = new Thread(() -> beNoisy(request));
            client.setDaemon(true);
            client.start();
            threads.add(client);
        }
        String latency = quiet();
        noisy = false;
        for (Thread client : threads) {
            client.join();
        }
        if (failure != null) {
            throw new IllegalStateException(failure);
        }
        return latency + " (the other was answered " + statuses + ")";
    }

    private void beNoisy(Noise.Request request) {
        try {
            while (noisy && failure == null) {
                int status = request.send();
                statuses.merge(status, 1, Integer::sum);
                if (status >= 500) {
                    failure = "The noisy tenant was answered " + status;
                }
            }
        } catch (Exception e) {
            failure = "The noisy tenant's request failed: " + e;
        }
    }

    /** Measures a tenant with one client that places and reads orders, one request after the other. */
    private String quiet() throws Exception {
        String token = api.token("quiet");
        List<Long> micros = new ArrayList<>();
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        while (System.nanoTime() < end) {
            long start = System.nanoTime();
            HttpResponse<String> created = api.send("POST", "/orders", token, "", "", Noise.SMALL_ORDER);
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
        String figures = String.format(
                Locale.ROOT,
                "p50 %.1f ms, p99 %.1f ms, longest %.1f ms",
                sorted[sorted.length / 2] / 1_000.0,
                sorted[sorted.length * 99 / 100] / 1_000.0,
                sorted[sorted.length - 1] / 1_000.0);
        if (sorted[sorted.length * 99 / 100] > LONGEST_P99_MICROS) {
            throw new IllegalStateException("The quiet tenant waited too long: " + figures);
        }
        return figures;
    }
}
