package com.ecommerce.orders.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Kills the API, or a backend of its PostgreSQL, again and again while clients place and change orders with keys;
 * after each kill the clients repeat what was not answered. In the end there is exactly one order for each key, every
 * answered order is there, events are gapless and totals add up.
 */
final class CrashDrill {

    private static final int CLIENTS = 4;
    private static final String ORDER =
            "{\"currency\":\"EUR\",\"items\":[{\"sku\":\"A\",\"quantity\":3,\"unitPrice\":1999,\"taxRate\":\"0.19\"}],"
                    + "\"discounts\":[{\"percent\":\"3.33\"}]}";

    private final ApiProcess api;
    private final Random random;
    private final Map<String, String> orderByKey = new ConcurrentHashMap<>();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger repeated = new AtomicInteger();
    private volatile boolean running = true;
    private volatile Throwable failure;

    private CrashDrill(ApiProcess api, long seed) {
        this.api = api;
        this.random = new Random(seed);
    }

    /** @param arguments how many kills, 100 if it is not given */
    public static void main(String[] arguments) throws Exception {
        int kills = arguments.length == 0 ? 100 : Integer.parseInt(arguments[0]);
        Path directory = Files.createTempDirectory("crash-drill");
        System.out.println(run(directory, kills, System.nanoTime()));
        System.exit(0);
    }

    /** Half of the kills hit the API, the other half a backend of PostgreSQL. */
    static Result run(Path directory, int kills, long seed) throws Exception {
        try (ApiProcess api = ApiProcess.startIn(directory)) {
            CrashDrill drill = new CrashDrill(api, seed);
            List<Thread> clients = drill.startClients(api.token());
            for (int kill = 0; kill < kills; kill++) {
                Thread.sleep(300 + drill.random.nextInt(700));
                if (kill % 2 == 0) {
                    api.kill();
                    api.start();
                } else {
                    drill.killABackend();
                    api.awaitReady();
                }
            }
            Thread.sleep(1_000);
            drill.running = false;
            for (Thread client : clients) {
                client.join();
            }
            if (drill.failure != null) {
                throw new IllegalStateException("A client saw what it must not see", drill.failure);
            }
            return drill.check(kills);
        }
    }

    private List<Thread> startClients(String token) {
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            Thread client = new Thread(() -> {
                try {
                    while (running && failure == null) {
                        liveOfAnOrder(token);
                    }
                } catch (Throwable e) {
                    failure = e;
                }
            });
            client.start();
            clients.add(client);
        }
        return clients;
    }

    /** Places an order and changes it, each with a key, each repeated until it is answered. */
    private void liveOfAnOrder(String token) throws InterruptedException {
        String key = UUID.randomUUID().toString();
        HttpResponse<String> placed = untilAnswered("POST", "/orders", token, key, "", ORDER, 201);
        String path = placed.headers().firstValue("Location").orElseThrow();
        String known = orderByKey.putIfAbsent(key, path);
        expect(known == null || known.equals(path), "one key, two orders: " + known + " and " + path);
        untilAnswered("PATCH", path, token, key + "-note", "\"1\"", "{\"note\":\"a note\"}", 200);
        untilAnswered("POST", path + "/confirm", token, key + "-confirm", "", "{}", 200);
        untilAnswered("POST", path + "/cancel", token, key + "-cancel", "", "{\"reason\":\"drill\"}", 200);
        HttpResponse<String> again = untilAnswered("POST", "/orders", token, key, "", ORDER, 201);
        expect(again.body().equals(placed.body()), "a replay differs from its first answer");
    }

    private HttpResponse<String> untilAnswered(
            String method, String path, String token, String key, String ifMatch, String body, int expected)
            throws InterruptedException {
        while (true) {
            try {
                HttpResponse<String> response = api.send(method, path, token, key, ifMatch, body);
                if (response.statusCode() == expected) {
                    answered.incrementAndGet();
                    return response;
                }
                boolean retryable = response.body().contains("\"retryable\":true");
                expect(retryable, method + " " + path + " answered " + response.statusCode() + " " + response.body());
            } catch (IOException lost) {
                // The API was killed: whether the request was carried out is just what is not known.
            }
            repeated.incrementAndGet();
            Thread.sleep(20);
        }
    }

    private void killABackend() throws IOException {
        try (Connection connection = DriverManager.getConnection(api.databaseUrl());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT pid FROM pg_stat_activity"
                        + " WHERE usename = 'orders_api' ORDER BY (state = 'active') DESC, random() LIMIT 1")) {
            if (rows.next()) {
                ProcessHandle.of(rows.getLong(1)).ifPresent(ProcessHandle::destroyForcibly);
            }
        } catch (SQLException alreadyDown) {
            // The server restarts all its backends after one was killed; we came in between.
        }
    }

    private Result check(int kills) throws SQLException {
        try (Connection connection = DriverManager.getConnection(api.databaseUrl())) {
            long orders = count(connection, "SELECT count(*) FROM orders");
            expect(orders == orderByKey.size(), orders + " orders for " + orderByKey.size() + " keys");
            for (String path : orderByKey.values()) {
                String id = path.substring(path.lastIndexOf('/') + 1);
                expect(
                        count(connection, "SELECT count(*) FROM orders WHERE order_id = '" + id + "'") == 1,
                        "the answered order " + id + " is not there");
            }
            expect(
                    0
                            == count(
                                    connection,
                                    "SELECT count(*) FROM orders o WHERE o.version <> 4 OR o.status <> 'CANCELLED'"
                                            + " OR (SELECT array_agg(seq ORDER BY seq) FROM order_events e"
                                            + "      WHERE e.tenant_id = o.tenant_id AND e.order_id = o.order_id)"
                                            + "    <> ARRAY[1, 2, 3, 4]"),
                    "events have gaps");
            expect(
                    0
                            == count(
                                    connection,
                                    "SELECT count(*) FROM orders o, LATERAL"
                                            + " (SELECT sum(i.subtotal), sum(i.discount), sum(i.tax) FROM order_items i"
                                            + "   WHERE i.tenant_id = o.tenant_id AND i.order_id = o.order_id) l(s, d, t)"
                                            + " WHERE (l.s, l.d, l.t) IS DISTINCT FROM (o.subtotal, o.discount, o.tax)"),
                    "lines do not add up");
            return new Result(kills, orders, answered.get(), repeated.get());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long count(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static void expect(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalStateException(otherwise);
        }
    }

    /** What the drill went through; there is none if anything was lost, doubled or torn. */
    record Result(int kills, long orders, int answered, int repeated) {

        @Override
        public String toString() {
            return kills + " kills, " + orders + " orders, " + answered + " requests answered, " + repeated
                    + " repeated; one order for each key, none lost, events gapless, totals consistent";
        }
    }
}
