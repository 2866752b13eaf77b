package com.ecommerce.orders.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.local.testkit.LocalServer;
import com.ecommerce.orders.testkit.LogWatch;
import com.ecommerce.orders.testkit.TestDatabase;
import com.ecommerce.orders.testkit.Tokens;
import com.ecommerce.orders.testkit.WireClient;
import com.ecommerce.orders.testkit.WireRequest;
import com.ecommerce.orders.testkit.WireResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests with requests that an attacker with a valid token of one tenant would send. */
@NullUnmarked
class RequestAttackTest {

    private static final Tokens TOKENS = new Tokens();
    private static final Map<String, String> MINTED = new ConcurrentHashMap<>();
    private static final String EVIL = "Evil-Header";
    private static final String SPLIT = "a\r\n" + EVIL + ": 1\r\n\r\n";
    private static final int SLOW_CLIENTS = 300;
    private static final int READ_TIMEOUT_MILLIS = 30_000;

    private static LocalServer server;
    private static LogWatch log;

    @BeforeAll
    static void start() {
        server = LocalServer.trusting(TOKENS, Map.of());
        log = LogWatch.start();
    }

    @AfterAll
    static void stop() {
        server.close();
        log.close();
        log.assertDiscreet();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'",
                "' OR '1'='1",
                "'; DROP TABLE orders; --",
                "\\'; DELETE FROM orders; --",
                "$$; DROP TABLE orders; $$",
                "1); SELECT pg_sleep(60); --",
                "' UNION SELECT * FROM orders --",
                "%' OR tenant_id LIKE '%",
                "{\"$gt\":\"\"}",
                "?",
                ":name",
                "${jndi:ldap://127.0.0.1/a}"
            })
    void treatsSqlAsText(String sql) throws Exception {
        String tenant = newTenant();
        String stranger = newTenant();
        place(stranger, order("victim"));
        String json = JsonMapper.shared().writeValueAsString(sql);
        WireResponse created = send(
                "POST",
                "/orders",
                tenant,
                Map.of("Idempotency-Key", key(sql)),
                "{\"externalRef\":%s,\"currency\":\"EUR\",\"note\":%s,\"metadata\":{%s:%s},\"customer\":{\"id\":%s},\"items\":[{\"sku\":%s,\"quantity\":1,\"unitPrice\":1}]}"
                        .formatted(json, json, json, json, json, json));

        assertThat(created.status()).as(created.text()).isEqualTo(201);
        JsonNode order = json(created);
        assertThat(order.path("note").stringValue()).isEqualTo(sql);
        assertThat(order.at("/items/0/sku").stringValue()).isEqualTo(sql);
        String encoded = URLEncoder.encode(sql, StandardCharsets.UTF_8);
        for (String filter : List.of("externalRef", "customerId")) {
            assertThat(ids(send("GET", "/orders?" + filter + "=" + encoded, tenant)))
                    .containsExactly(order.path("id").stringValue());
            assertThat(ids(send("GET", "/orders?" + filter + "=" + encoded, stranger)))
                    .isEmpty();
        }
        assertThat(ids(send("GET", "/orders?createdBy=" + encoded, tenant))).isEmpty();
        for (String parameter : List.of("status", "sort", "limit", "cursor", "createdFrom", "updatedTo")) {
            assertThat(send("GET", "/orders?" + parameter + "=" + encoded, tenant)
                            .status())
                    .isEqualTo(400);
        }
        assertThat(send("GET", "/orders/" + encoded, tenant).status()).isIn(400, 404);
        assertThat(ids(send("GET", "/orders", stranger))).hasSize(1);
    }

    /** Returns an idempotency key with as much of the SQL as a key may contain. */
    private static String key(String sql) {
        return "k" + sql.replaceAll("[^!-~&&[^\",]]", "_");
    }

    @Test
    void treatsSqlInATenantNameAsText() throws Exception {
        String tenant = "' OR '1'='1";
        String victim = newTenant();
        place(victim, order("victim"));

        assertThat(ids(send("GET", "/orders", tenant))).isEmpty();
        assertThat(ids(send("GET", "/orders", "', true); DROP TABLE orders; --")))
                .isEmpty();
        assertThat(ids(send("GET", "/orders", victim))).hasSize(1);
    }

    @Test
    void writesNoValueThatSplitsAHeader() throws Exception {
        String tenant = newTenant();
        String split = JsonMapper.shared().writeValueAsString(SPLIT);
        for (int i = 0; i < 2; i++) {
            place(tenant, order("A").replace("{\"currency", "{\"customer\":{\"id\":" + split + "},\"currency"));
        }
        String encoded = URLEncoder.encode(SPLIT, StandardCharsets.UTF_8);
        WireResponse page = send("GET", "/orders?limit=1&customerId=" + encoded, tenant);

        assertThat(ids(page)).hasSize(1);
        assertThat(page.header("Link").orElseThrow()).contains("customerId=a%0D%0AEvil-Header");
        List<WireResponse> answers = List.of(
                page,
                send("GET", "/orders?" + encoded + "=1", tenant),
                send("GET", "/orders/" + encoded, tenant),
                send("GET", "/orders?cursor=" + encoded, tenant),
                send("POST", "/orders?dryRun=" + encoded, tenant, Map.of(), "{}"));
        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.header(EVIL)).isEmpty();
            assertThat(answer.headers().keySet())
                    .isSubsetOf(
                            "Cache-Control",
                            "X-Request-Id",
                            "Content-Type",
                            "Content-Length",
                            "Date",
                            "Link",
                            "Connection");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r", "\n", "\0", "\u007F", "\u0001"})
    void neitherReturnsNorLogsARequestIdWithAControlCharacter(String control) throws Exception {
        String answer = raw("GET /nowhere HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + "X-Request-Id: forged"
                + control + "line\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 ").doesNotContain("forged" + control);
        assertThat(log.lines()).noneMatch(line -> line.contains("forged"));
    }

    @Test
    void writesNoForgedLineToTheLog() throws Exception {
        String forged = "\r\n2026-01-01T00:00:00.000Z INFO  forged: everything is fine\u2028\u0085";
        String encoded = URLEncoder.encode(forged, StandardCharsets.UTF_8);
        String text = JsonMapper.shared().writeValueAsString(forged);
        String tenant = newTenant();

        send("GET", "/orders/" + encoded, tenant);
        send("GET", "/" + encoded, tenant);
        send("GET", "/orders?" + encoded + "=" + encoded, tenant);
        send("POST", "/orders", tenant, Map.of("Idempotency-Key", "forged"), "{" + text + ":" + text + "}");
        send("POST", "/functions/" + encoded, tenant, Map.of(), "{}");
        send("GET", "/orders", tenant + "\r\nforged");
        send("FORGED", "/orders", tenant);
        place(tenant, order("A").replace("\"A\"", text));

        assertThat(log.lines()).noneMatch(line -> line.contains("forged: everything"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/orders/../health",
                "/orders/./../health",
                "/%2e%2e/%2e%2e/etc/passwd",
                "/..%2fhealth",
                "/orders%2f..%2fhealth",
                "/orders;a=b",
                "/orders;/../health",
                "/;/orders",
                "//orders",
                "/orders//",
                "/orders/%2f",
                "/health%00",
                "/health%20",
                "/health/.",
                "/health%2f",
                "/health\\",
                "/%68ealth/",
                "/orders/%c0%ae%c0%ae/health",
                "/orders/%ed%a0%80",
                "/orders/%zz/confirm",
                "/dev/token",
                "/functions",
                "/functions/orderApi"
            })
    void refusesTricksInPaths(String path) throws Exception {
        WireResponse answer = send("GET", path, newTenant());

        assertThat(answer.status()).as(answer.text()).isIn(400, 404, 405);
        assertThat(answer.header("Content-Type")).contains("application/problem+json");
    }

    static Stream<String> malformedRequests() {
        String more = "Host: localhost\r\nConnection: close\r\n";
        String manyHeaders =
                IntStream.range(0, 1_000).mapToObj(i -> "X-" + i + ": a\r\n").collect(Collectors.joining());
        return Stream.of(
                "GET /health HTTP/1.1\r\n" + more + "X-Long: " + "a".repeat(200_000) + "\r\n\r\n",
                "GET /health HTTP/1.1\r\n" + more + manyHeaders + "\r\n",
                "GET /" + "a".repeat(200_000) + " HTTP/1.1\r\n" + more + "\r\n",
                "POST /orders HTTP/1.1\r\n" + more + "Content-Length: 2\r\nContent-Length: 5\r\n\r\n{}",
                "POST /orders HTTP/1.1\r\n" + more + "Content-Length: -1\r\n\r\n",
                "POST /orders HTTP/1.1\r\n" + more + "Content-Length: 99999999999999999999\r\n\r\n",
                "POST /orders HTTP/1.1\r\n" + more + "Transfer-Encoding: xchunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "POST /orders HTTP/1.1\r\n" + more + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
                "GET /health HTTP/1.1\r\n" + more + "X-Request-Id : a\r\n\r\n",
                "GET /health HTTP/1.1\r\n\r\n",
                "GET http://evil.example.org/health HTTP/1.1\r\n" + more + "\r\n",
                "GET /health HTTP/9.9\r\n" + more + "\r\n",
                "\u0016\u0003\u0001\u0002\0\u0001\0\r\n\r\n");
    }

    @ParameterizedTest
    @MethodSource("malformedRequests")
    void refusesMalformedHttpAndKeepsServing(String request) throws Exception {
        String answer = raw(request);

        assertThat(answer).contains("\"code\":\"").doesNotContain("HTTP/1.1 5", "Exception", "Tomcat", "<html");
        assertThat(server.get("/health").statusCode()).isEqualTo(200);
    }

    static Stream<String> bombs() {
        String many =
                IntStream.range(0, 60_000).mapToObj(i -> "\"" + i + "\":0").collect(Collectors.joining(","));
        return Stream.of(
                "[".repeat(500_000),
                "{\"a\":".repeat(150_000),
                "[" + "[],".repeat(300_000) + "0]",
                "{\"items\":[" + "{},".repeat(300_000) + "{}]}",
                "{\"metadata\":{" + many + "}}",
                "{" + many + "}",
                "{\"note\":" + "9".repeat(1_000_000) + "}",
                "{\"items\":[{\"unitPrice\":1e1000000000}]}",
                "{\"expectedTotal\":1e-2147483648}",
                "{\"discounts\":[{\"percent\":\"" + "9".repeat(1_000_000) + "\"}]}",
                "{\"note\":\"" + "\\u0041".repeat(170_000) + "\"}",
                "{\"" + "k".repeat(1_000_000) + "\":0}");
    }

    @ParameterizedTest
    @MethodSource("bombs")
    void refusesAJsonBomb(String bomb) throws Exception {
        WireResponse answer = send("POST", "/orders", newTenant(), Map.of("Idempotency-Key", "bomb"), bomb);

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.body()).hasSizeLessThan(1024 * 1024);
    }

    @Test
    void servesOtherClientsDespiteSlowClients() throws Exception {
        String token = token(newTenant());
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < SLOW_CLIENTS; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
                slow.add(socket);
                String begun = i % 2 == 0
                        ? "GET /orders HTTP/1.1\r\nHost: localhost\r\nX-Slow: "
                        : "POST /orders HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token
                                + "\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"currency\":";
                socket.getOutputStream().write(begun.getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().flush();
            }

            assertThat(server.get("/health").statusCode()).isEqualTo(200);
            assertThat(server.get("/ready").statusCode()).isEqualTo(200);
            assertThat(server.post("/orders", token, order("A")).statusCode()).isEqualTo(201);
            assertThat(server.get("/orders", "Authorization", "Bearer " + token).statusCode())
                    .isEqualTo(200);
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void separatesTenantsWithSimilarNames() throws Exception {
        String plain = "acme-" + UUID.randomUUID() + "-\u00E9";
        String victim = place(plain, order("A"));
        for (String alike : List.of(
                plain.replace("\u00E9", "e\u0301"),
                plain.toUpperCase(Locale.ROOT),
                plain.replace('a', '\u0430'),
                plain.replace('c', '\u0441'),
                plain + " ",
                " " + plain,
                plain + "\u200B",
                "\uFEFF" + plain,
                plain + "\u202E",
                plain.replace('-', '\u2010'),
                plain.replace("e", "\uFF45"))) {
            assertThat(send("GET", "/orders/" + victim, alike).status())
                    .as(alike)
                    .isEqualTo(404);
            assertThat(ids(send("GET", "/orders", alike))).as(alike).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uFF10", "\u0660", "\u0967", "\uD835\uDFCE", "0\u200D", "\u00B2", "0\u0301", "%30%00"})
    void refusesAnIdWithNonAsciiDigits(String zero) throws Exception {
        String tenant = newTenant();
        String id = place(tenant, order("A"));
        String digit = zero.contains("%") ? zero : URLEncoder.encode(zero, StandardCharsets.UTF_8);

        assertThat(send("GET", "/orders/" + id.replaceFirst("0", digit), tenant).status())
                .isIn(400, 404);
        assertThat(send("GET", "/orders/" + id, tenant).status()).isEqualTo(200);
    }

    @Test
    void aCursorOfAnotherTenantShowsOnlyTheCallersOrders() throws Exception {
        String victim = newTenant();
        String attacker = newTenant();
        for (int i = 0; i < 3; i++) {
            place(victim, order("victims"));
        }
        String own = place(attacker, order("own"));
        String cursor = json(send("GET", "/orders?limit=1&sort=createdAt", victim))
                .path("nextCursor")
                .stringValue();

        WireResponse page = send("GET", "/orders?sort=createdAt&cursor=" + cursor, attacker);
        assertThat(ids(page)).containsExactly(own);
        assertThat(page.text()).doesNotContain("victims");
    }

    @Test
    void refusesTheIdOfAnotherTenantsOrderEverywhere() throws Exception {
        String victim = newTenant();
        String attacker = newTenant();
        String id = place(victim, order("A"));
        send("POST", "/orders/" + id + "/confirm", victim, Map.of(), "{}");
        String cursor = json(send("GET", "/orders/" + id + "/events?limit=1", victim))
                .path("nextCursor")
                .stringValue();
        Map<String, WireResponse> answers = new TreeMap<>();
        for (String bean : List.of("getOrder", "listOrderEvents", "confirmOrder", "completeOrder", "cancelOrder")) {
            answers.put(bean, send("POST", "/functions/" + bean, attacker, Map.of(), "{\"orderId\":\"" + id + "\"}"));
        }
        answers.put(
                "updateOrder",
                send(
                        "POST",
                        "/functions/updateOrder",
                        attacker,
                        Map.of(),
                        "{\"orderId\":\"" + id
                                + "\",\"command\":{\"note\":\"x\"},\"precondition\":{\"ifMatch\":\"*\"}}"));
        answers.put("events by cursor", send("GET", "/orders/" + id + "/events?cursor=" + cursor, attacker));
        answers.put("upper case", send("GET", "/orders/" + id.toUpperCase(Locale.ROOT), attacker));
        answers.put(
                "under a key",
                send("POST", "/orders/" + id + "/cancel", attacker, Map.of("Idempotency-Key", "k"), "{}"));
        answers.put("in a dry run", send("POST", "/orders/" + id + "/cancel?dryRun=true", attacker, Map.of(), "{}"));

        assertThat(answers)
                .allSatisfy((what, answer) -> assertThat(answer.status()).isEqualTo(404));
        assertThat(json(send("GET", "/orders/" + id, victim)).path("version").intValue())
                .isEqualTo(2);
    }

    @Test
    void neverReturnsTheToken() throws Exception {
        String token = token(newTenant());
        String signature = token.substring(token.lastIndexOf('.') + 1);
        for (String path : List.of("/orders", "/orders/x", "/nowhere", "/orders?limit=x", "/ready", "/openapi.json")) {
            WireResponse answer = new WireClient(server.uri())
                    .send(new WireRequest("GET", path, Map.of("Authorization", "Bearer " + token), null));
            assertThat(answer.text() + answer.headers()).doesNotContain(signature);
        }
    }

    @Test
    void keepsAllTables() throws Exception {
        try (Connection connection = TestDatabase.get().connectAsOwner();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM pg_tables WHERE tablename IN"
                        + " ('orders', 'order_items', 'order_events', 'idempotency_keys')")) {
            rows.next();
            assertThat(rows.getInt(1)).isEqualTo(4);
        }
    }

    private static String order(String sku) {
        return "{\"currency\":\"EUR\",\"items\":[{\"sku\":\"" + sku + "\",\"quantity\":1,\"unitPrice\":1}]}";
    }

    private static String place(String tenant, String order) throws IOException {
        WireResponse created = send("POST", "/orders", tenant, Map.of(), order);
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        return json(created).path("id").stringValue();
    }

    private static List<String> ids(WireResponse page) {
        assertThat(page.status()).as(page.text()).isEqualTo(200);
        return json(page)
                .path("data")
                .valueStream()
                .map(order -> order.path("id").stringValue())
                .toList();
    }

    private static JsonNode json(WireResponse response) {
        return JsonMapper.shared().readTree(response.body());
    }

    private static String newTenant() {
        return "t-" + UUID.randomUUID();
    }

    private static String token(String tenant) {
        return MINTED.computeIfAbsent(
                tenant,
                name -> TOKENS.mint(Map.of(
                        "tenant_id",
                        name,
                        "sub",
                        "mallory",
                        "email",
                        "m@example.org",
                        "scope",
                        "orders:read orders:write payments:write fulfillments:write")));
    }

    private static WireResponse send(String method, String path, String tenant) throws IOException {
        return new WireClient(server.uri())
                .send(new WireRequest(method, path, Map.of("Authorization", "Bearer " + token(tenant)), null));
    }

    private static WireResponse send(String method, String path, String tenant, Map<String, String> more, String body)
            throws IOException {
        Map<String, String> headers = new HashMap<>(more);
        headers.put("Authorization", "Bearer " + token(tenant));
        headers.put("Content-Type", "application/json");
        return new WireClient(server.uri())
                .send(new WireRequest(method, path, headers, body.getBytes(StandardCharsets.UTF_8)));
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(READ_TIMEOUT_MILLIS);
            try {
                socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
                socket.getOutputStream().flush();
            } catch (SocketException answered) {
                // The server closed the connection before it read all bytes. Only the response counts.
            }
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
