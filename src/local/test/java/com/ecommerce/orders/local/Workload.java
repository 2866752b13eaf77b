package com.ecommerce.orders.local;

import com.ecommerce.orders.local.testkit.ApiProcess;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.NullUnmarked;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Clients of several tenants that place, read, list, change, pay, ship, refund and finish orders. Each change has a key, and each
 * request is repeated until it gets a response. Every response is verified. At the end, the stored data are compared with all
 * responses.
 */
@NullUnmarked
final class Workload {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int GRAND_TOTAL = 6_898;
    private static final int REFUND = 898;
    private static final int ALLOWANCE = 98;
    private static final int KEYS_PER_ORDER = 7 + Shipping.KEYS;
    private static final int VERSIONS_PER_ORDER = 7 + Shipping.WRITES;
    /** Counts the orders whose sums are not those of their transactions. */
    private static final String DIFFERENT_SUMS =
            """
            SELECT count(*) FROM orders o, LATERAL (
              SELECT coalesce(sum(t.amount) FILTER (WHERE t.kind = 'AUTHORIZATION' AND t.state = 'SUCCEEDED'), 0),
                     coalesce(sum(t.amount) FILTER (WHERE t.kind = 'CAPTURE' AND t.state = 'SUCCEEDED'), 0),
                     coalesce(sum(t.amount) FILTER (WHERE t.kind = 'CAPTURE' AND t.state = 'PENDING'), 0),
                     coalesce(sum(t.amount) FILTER (WHERE t.kind = 'SALE' AND t.state = 'SUCCEEDED'), 0),
                     coalesce(sum(t.amount) FILTER (WHERE t.kind = 'SALE' AND t.state = 'PENDING'), 0),
                     coalesce(sum(t.amount) FILTER (WHERE t.kind = 'VOID' AND t.state = 'SUCCEEDED'), 0),
                     coalesce(sum(t.amount) FILTER (WHERE t.kind = 'VOID' AND t.state = 'PENDING'), 0),
                     coalesce(sum(t.amount) FILTER (WHERE t.kind = 'REFUND' AND t.state = 'SUCCEEDED'), 0),
                     coalesce(sum(t.amount) FILTER (WHERE t.kind = 'REFUND' AND t.state = 'PENDING'), 0),
                     coalesce(sum(t.amount) FILTER (WHERE t.kind = 'CHARGEBACK' AND t.state = 'SUCCEEDED'), 0),
                     coalesce(sum(t.amount) FILTER (WHERE t.kind = 'CHARGEBACK_REVERSAL' AND t.state = 'SUCCEEDED'), 0),
                     coalesce(sum(t.allowance) FILTER (WHERE t.kind = 'REFUND' AND t.state = 'SUCCEEDED'), 0),
                     coalesce(sum(t.amount) FILTER (WHERE t.state <> 'FAILED'), 0),
                     count(*) FILTER (WHERE t.state <> 'FAILED'),
                     count(*) FILTER (WHERE t.state = 'FAILED')
                FROM transactions t WHERE t.tenant_id = o.tenant_id AND t.order_id = o.order_id
            ) l(c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14)
            WHERE (c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14) IS DISTINCT FROM
                  (o.authorized_total,
                   o.captures,
                   o.capture_pending,
                   o.sales,
                   o.sale_pending,
                   o.voided,
                   o.void_pending,
                   o.refunded,
                   o.refund_pending,
                   o.chargebacks,
                   o.chargeback_reversals,
                   o.allowances, o.transactions_total, o.transactions_live, o.transactions_failed)
            """;

    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private final ApiProcess api;
    private final Pace pace;
    private final List<String> tenants = List.of(tenant("acme"), tenant("globex"), tenant("initech"));
    private final Map<String, String> tokens = new TreeMap<>();
    private final Map<String, Placed> orders = new ConcurrentHashMap<>();
    private final Map<String, Shipping> shippings = new ConcurrentHashMap<>();
    private final List<Thread> clients = new ArrayList<>();
    private final ConcurrentLinkedQueue<Long> micros = new ConcurrentLinkedQueue<>();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong repeated = new AtomicLong();
    private final AtomicLong rowsSeen = new AtomicLong();
    private final long start = System.nanoTime();
    private volatile boolean running = true;
    private volatile Throwable failure;

    private Workload(ApiProcess api, Pace pace) {
        this.api = api;
        this.pace = pace;
    }

    /** Starts that number of clients and assigns the tenants in turn. */
    static Workload start(ApiProcess api, int clients, Pace pace) throws IOException, InterruptedException {
        Workload workload = new Workload(api, pace);
        for (String tenant : workload.tenants) {
            workload.tokens.put(tenant, api.token(tenant));
        }
        for (int i = 0; i < clients; i++) {
            String tenant = workload.tenants.get(i % workload.tenants.size());
            Thread client = new Thread(() -> workload.live(tenant), "client-" + i);
            // If the drill fails, the clients must not continue.
            client.setDaemon(true);
            client.start();
            workload.clients.add(client);
        }
        return workload;
    }

    /** Returns the name of a tenant that no other workload has. */
    private static String tenant(String name) {
        return name + "-" + UUID.randomUUID();
    }

    /** Tells whether all responses so far were correct. */
    boolean isSound() {
        return failure == null;
    }

    /** Ends all clients at once, because another part of the drill has failed. */
    void abandon() {
        failure = new IllegalStateException("abandoned");
        running = false;
    }

    /** Lets each client finish its order. */
    void stop() throws InterruptedException {
        running = false;
        pace.release();
        for (Thread client : clients) {
            client.join(TIMEOUT.toMillis());
            expect(!client.isAlive(), client.getName() + " gets no responses any more");
        }
        if (failure != null) {
            throw new IllegalStateException("A client saw what it must not see", failure);
        }
    }

    private void live(String tenant) {
        try {
            while (running && failure == null) {
                liveOfAnOrder(tenant, tokens.get(tenant));
            }
        } catch (Throwable e) {
            failure = failure == null ? e : failure;
        }
    }

    private void liveOfAnOrder(String tenant, String token) throws InterruptedException {
        String key = UUID.randomUUID().toString();
        String order = "{\"currency\":\"EUR\",\"items\":[{\"sku\":\"A\",\"quantity\":2,\"unitPrice\":1999,"
                + "\"taxRate\":\"0.19\"},{\"sku\":\"B\",\"quantity\":1,\"unitPrice\":1999,\"taxRate\":\"0.19\"}],"
                + "\"discounts\":[{\"percent\":\"3.33\"}],\"metadata\":{\"tenant\":\""
                + tenant
                + "\"}}";
        HttpResponse<String> created = untilAnswered("POST", "/orders", token, key, "", order, 201);
        String path = created.headers().firstValue("Location").orElseThrow();
        verifyOrder(created, path, "PLACED", 1);
        expect(orders.putIfAbsent(path, new Placed(tenant, "PLACED", 1)) == null, "one order, two keys: " + path);
        verifyOrder(untilAnswered("GET", path, token, "", "", "", 200), path, "PLACED", 1);

        HttpResponse<String> noted =
                untilAnswered("PATCH", path, token, key + "-note", "\"1\"", "{\"note\":\"a note\"}", 200);
        verifyOrder(noted, path, "PLACED", 2);
        verifyOrder(
                untilAnswered("POST", path + "/confirm", token, key + "-confirm", "", "{}", 200), path, "CONFIRMED", 3);
        verifyList(untilAnswered("GET", "/orders?limit=10", token, "", "", "", 200), tenant);

        pay(path, token, key);

        Shipping shipping = new Shipping(this, path, token, key, 6);
        shippings.put(path, shipping);
        boolean complete = ThreadLocalRandom.current().nextBoolean();
        if (complete) {
            shipping.shipAndReturn();
        } else {
            shipping.shipAndCancel();
        }
        String end = complete ? "COMPLETED" : "CANCELLED";
        String action = complete ? "/complete" : "/cancel";
        verifyOrder(
                untilAnswered("POST", path + action, token, key + "-end", "", "{}", 200),
                path,
                end,
                VERSIONS_PER_ORDER);
        orders.put(path, new Placed(tenant, end, VERSIONS_PER_ORDER));
        verifyEvents(untilAnswered("GET", path + "/events", token, "", "", "", 200), VERSIONS_PER_ORDER);

        HttpResponse<String> again = untilAnswered("POST", "/orders", token, key, "", order, 201);
        expect(again.body().equals(created.body()), "a replay differs from its first answer: " + again.body());
        String foreign = pathOfAnother(tenant);
        if (foreign != null) {
            untilAnswered("GET", foreign, token, "", "", "", 404);
        }
    }

    /** Records a pending sale of the whole order, settles it and refunds a part, each with a key. */
    private void pay(String path, String token, String key) throws InterruptedException {
        String ledger = path + "/transactions";
        String sale = "{\"kind\":\"SALE\",\"state\":\"PENDING\",\"amount\":" + GRAND_TOTAL
                + ",\"currency\":\"EUR\",\"provider\":\"drill\"}";
        HttpResponse<String> recorded = untilAnswered("POST", ledger, token, key + "-sale", "", sale, 201);
        verifyEntry(recorded, "SALE", "PENDING", GRAND_TOTAL, 4);
        String entry = recorded.headers().firstValue("Location").orElseThrow();
        String success = "{\"state\":\"SUCCEEDED\",\"reference\":\"" + key + "\"}";
        verifyEntry(
                untilAnswered("POST", entry + "/settle", token, key + "-settle", "", success, 200),
                "SALE",
                "SUCCEEDED",
                GRAND_TOTAL,
                5);
        String refund = "{\"kind\":\"REFUND\",\"amount\":" + REFUND + ",\"allowance\":" + ALLOWANCE
                + ",\"currency\":\"EUR\",\"provider\":\"drill\",\"reference\":\"" + key + "\"}";
        HttpResponse<String> refunded = untilAnswered("POST", ledger, token, key + "-refund", "", refund, 201);
        verifyEntry(refunded, "REFUND", "SUCCEEDED", REFUND, 6);
        HttpResponse<String> again = untilAnswered("POST", ledger, token, key + "-refund", "", refund, 201);
        expect(again.body().equals(refunded.body()), "a replay differs from its first answer: " + again.body());
    }

    private static void verifyEntry(HttpResponse<String> answer, String kind, String state, int amount, int version) {
        JsonNode entry = JSON.readTree(answer.body());
        expect(
                entry.path("kind").asString().equals(kind)
                        && entry.path("state").asString().equals(state)
                        && entry.path("amount").asInt() == amount
                        && answer.headers().firstValue("Order-ETag").orElse("").equals("\"" + version + "\""),
                "the entry should be " + kind + ", " + state + ", " + amount + ": " + answer.body());
    }

    private String pathOfAnother(String tenant) {
        for (Map.Entry<String, Placed> order : orders.entrySet()) {
            if (!order.getValue().tenant().equals(tenant)) {
                return order.getKey();
            }
        }
        return null;
    }

    private static void verifyOrder(HttpResponse<String> answer, String path, String status, int version) {
        JsonNode order = JSON.readTree(answer.body());
        expect(
                path.endsWith(order.path("id").asString())
                        && order.path("status").asString().equals(status)
                        && order.path("version").asInt() == version
                        && order.path("totals").path("grandTotal").asInt() == GRAND_TOTAL
                        && answer.headers().firstValue("ETag").orElse("").equals("\"" + version + "\""),
                path + " should be version " + version + ", " + status + ": " + answer.body());
    }

    private void verifyList(HttpResponse<String> answer, String tenant) {
        for (JsonNode order : JSON.readTree(answer.body()).path("data")) {
            rowsSeen.incrementAndGet();
            expect(
                    order.path("metadata").path("tenant").asString().equals(tenant),
                    tenant + " sees an order of another tenant: " + order);
        }
    }

    private static void verifyEvents(HttpResponse<String> answer, int count) {
        JsonNode events = JSON.readTree(answer.body()).path("data");
        expect(events.size() == count, "events are missing: " + answer.body());
        for (int i = 0; i < count; i++) {
            expect(events.get(i).path("seq").asInt() == i + 1, "events have gaps: " + answer.body());
        }
    }

    HttpResponse<String> untilAnswered(
            String method, String path, String token, String key, String ifMatch, String body, int expected)
            throws InterruptedException {
        pace.await();
        long sent = System.nanoTime();
        while (true) {
            expect(failure == null, "another client has failed");
            try {
                HttpResponse<String> response = api.send(method, path, token, key, ifMatch, body);
                if (response.statusCode() == expected) {
                    answered.incrementAndGet();
                    micros.add((System.nanoTime() - sent) / 1_000);
                    return response;
                }
                boolean retryable = response.body().contains("\"retryable\":true");
                expect(retryable, method + " " + path + " answered " + response.statusCode() + " " + response.body());
            } catch (IOException lost) {
                // The API was killed, so the client can't know whether the request was carried out.
            }
            expect(System.nanoTime() - sent < TIMEOUT.toNanos(), method + " " + path + " is never answered");
            repeated.incrementAndGet();
            Thread.sleep(20);
        }
    }

    /** Compares the stored data with the responses. */
    Result check(Connection superuser) throws SQLException, InterruptedException {
        expect(
                count(superuser, "SELECT count(*) FROM orders WHERE " + ours()) == orders.size(),
                "more or fewer orders are stored than the " + orders.size() + " that were answered");
        try (Statement statement = superuser.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT '/orders/' || order_id, tenant_id, status, version" + " FROM orders WHERE " + ours())) {
            while (rows.next()) {
                Placed stored = new Placed(rows.getString(2), rows.getString(3), rows.getInt(4));
                Placed known = orders.get(rows.getString(1));
                expect(stored.equals(known), rows.getString(1) + " was answered " + known + " and is " + stored);
            }
        }
        expect(
                count(superuser, "SELECT count(*) FROM idempotency_keys WHERE " + ours())
                        == (long) KEYS_PER_ORDER * orders.size(),
                "there are keys without a change, or changes without their key");
        expectNone(
                superuser,
                "events have gaps",
                "SELECT count(*) FROM orders o WHERE (SELECT array_agg(seq::integer ORDER BY seq) FROM order_events e"
                        + " WHERE e.tenant_id = o.tenant_id AND e.order_id = o.order_id)"
                        + " IS DISTINCT FROM (SELECT array_agg(s) FROM generate_series(1, o.version) s)");
        expectNone(
                superuser,
                "totals do not add up",
                "SELECT count(*) FROM orders o, LATERAL (SELECT sum(i.subtotal), sum(i.discount), sum(i.tax)"
                        + " FROM order_items i WHERE i.tenant_id = o.tenant_id AND i.order_id = o.order_id) l(s, d, t)"
                        + " WHERE (l.s, l.d, l.t) IS DISTINCT FROM (o.subtotal, o.discount, o.tax)");
        expectNone(
                superuser,
                "an acknowledged sale or refund is missing, or is stored twice",
                "SELECT count(*) FROM orders o WHERE " + ours()
                        + " AND (SELECT array_agg(t.kind || ' ' || t.state || ' '"
                        + " || t.amount ORDER BY t.seq) FROM transactions t WHERE t.tenant_id = o.tenant_id"
                        + " AND t.order_id = o.order_id) IS DISTINCT FROM ARRAY['SALE SUCCEEDED " + GRAND_TOTAL
                        + "', 'REFUND SUCCEEDED " + REFUND + "']");
        expectNone(superuser, "sums of payments differ from the entries", DIFFERENT_SUMS);
        // The result must not count the requests of the comparison.
        Result result = result();
        for (Shipping shipping : shippings.values()) {
            shipping.verify(ALLOWANCE);
        }
        return result;
    }

    private Result result() {
        long[] sorted = micros.stream().mapToLong(Long::longValue).sorted().toArray();
        return new Result(
                orders.size(),
                answered.get(),
                repeated.get(),
                rowsSeen.get(),
                Duration.ofNanos(System.nanoTime() - start),
                sorted);
    }

    private String ours() {
        return "tenant_id IN ('" + String.join("', '", tenants) + "')";
    }

    long answered() {
        return answered.get();
    }

    private static void expectNone(Connection connection, String otherwise, String sql) throws SQLException {
        expect(count(connection, sql) == 0, otherwise);
    }

    private static long count(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    static void expect(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalStateException(otherwise);
        }
    }

    /** An order as in its last response. */
    private record Placed(String tenant, String status, int version) {}

    /**
     * The figures of a workload without any lost, doubled, incomplete or foreign data.
     *
     * @param answered the number of requests whose response was verified
     * @param repeated the number of requests that were sent again, after a retryable error or a lost connection
     * @param rowsSeen the number of rows in lists, all of the tenant that asked
     * @param micros the time from the first try to the response for each request, ascending
     */
    record Result(long orders, long answered, long repeated, long rowsSeen, Duration time, long[] micros) {

        String quantile(double share) {
            int at = (int) Math.min(micros.length - 1, micros.length * share);
            return String.format(Locale.ROOT, "%.1f ms", micros[at] / 1_000.0);
        }

        @Override
        public String toString() {
            return orders + " orders, " + answered + " requests answered and verified, " + repeated
                    + " repeated, wrong answers 0, lost 0; one order for each key, events gapless,"
                    + " totals, payments and shipped units consistent, "
                    + rowsSeen + " listed orders, none of another tenant";
        }
    }
}
