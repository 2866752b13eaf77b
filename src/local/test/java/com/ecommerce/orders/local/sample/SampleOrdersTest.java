package com.ecommerce.orders.local.sample;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.local.testkit.LocalServer;
import com.ecommerce.orders.operation.OrderStatus;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests of {@code POST /dev/samples}. */
class SampleOrdersTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    @TempDir
    static Path directory;

    private static LocalServer server;
    private static String token;
    private static List<JsonNode> orders;

    @BeforeAll
    static void makeTheOrders() throws Exception {
        server = LocalServer.withDevIssuer(directory);
        token = newToken("");
        HttpResponse<String> response = server.post("/dev/samples", token, "");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        assertThat(JSON.readTree(response.body()).path("ids")).hasSize(30);
        orders = read("/orders?limit=200&sort=createdAt");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String newToken(String scope) throws Exception {
        return server.get("/dev/token?tenant=t-" + UUID.randomUUID() + scope).body();
    }

    private static List<JsonNode> read(String path) throws Exception {
        return JSON.readTree(
                        server.get(path, "Authorization", "Bearer " + token).body())
                .path("data")
                .valueStream()
                .toList();
    }

    @Test
    void haveEveryStatusOfAnOrder() {
        assertThat(all(orders, "/status"))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(OrderStatus.values()).map(Enum::name).toList());
    }

    @Test
    void haveEveryStatusOfAPayment() {
        assertThat(all(orders, "/payment/status"))
                .containsExactlyInAnyOrder(
                        "UNPAID",
                        "PENDING",
                        "AUTHORIZED",
                        "PARTIALLY_AUTHORIZED",
                        "PARTIALLY_PAID",
                        "PAID",
                        "OVERPAID",
                        "PARTIALLY_REFUNDED",
                        "REFUNDED",
                        "CHARGED_BACK",
                        "VOIDED");
    }

    @Test
    void haveEveryStatusOfAFulfillment() {
        assertThat(all(orders, "/fulfillment/status"))
                .containsExactlyInAnyOrder(
                        "UNFULFILLED",
                        "PARTIALLY_FULFILLED",
                        "FULFILLED",
                        "DELIVERED",
                        "PARTIALLY_RETURNED",
                        "RETURNED",
                        "CANCELLED");
    }

    @Test
    void haveEntriesInEveryState() throws Exception {
        assertThat(all(entries("transactions"), "/state")).containsExactly("FAILED", "PENDING", "SUCCEEDED");
        assertThat(all(entries("fulfillments"), "/status")).containsExactly("CANCELLED", "DELIVERED", "SHIPPED");
        assertThat(all(entries("returns"), "/status"))
                .containsExactly("CANCELLED", "CLOSED", "PARTIALLY_RECEIVED", "RECEIVED", "REQUESTED");
        assertThat(entries("cancellations")).isNotEmpty();
    }

    private static List<JsonNode> entries(String ledger) throws Exception {
        List<JsonNode> entries = new ArrayList<>();
        for (JsonNode order : orders) {
            entries.addAll(read("/orders/" + order.path("id").asString() + "/" + ledger));
        }
        return entries;
    }

    private static Set<String> all(List<JsonNode> documents, String pointer) {
        Set<String> values = new TreeSet<>();
        documents.forEach(document -> values.add(document.at(pointer).asString()));
        return values;
    }

    @Test
    void comeFromTheLastTwelveDays() {
        List<Instant> placed = orders.stream()
                .map(order -> Instant.parse(order.path("createdAt").asString()))
                .toList();

        assertThat(placed).hasSize(30).isSorted().doesNotHaveDuplicates();
        assertThat(Duration.between(placed.get(0), placed.get(29))).isBetween(Duration.ofDays(11), Duration.ofDays(13));
        assertThat(placed.stream().map(time -> time.toString().substring(0, 10)).distinct())
                .hasSizeGreaterThan(7);
    }

    @Test
    void changeOnlyAfterTheirPlacementAndBeforeNow() throws Exception {
        for (JsonNode order : orders) {
            List<Instant> times = read("/orders/" + order.path("id").asString() + "/events").stream()
                    .map(event -> Instant.parse(event.path("at").asString()))
                    .toList();

            assertThat(times).isSorted().doesNotHaveDuplicates();
            assertThat(times.get(times.size() - 1)).isBefore(Instant.now());
        }
    }

    @Test
    void havePricesWithZeroTwoAndThreeDecimals() {
        assertThat(all(orders, "/currency")).contains("JPY", "USD", "EUR", "KWD");
    }

    @Test
    void leaveTheClockOfOtherRequestsAlone() throws Exception {
        Instant before = Instant.now().minusSeconds(1);
        server.post("/dev/samples", newToken(""), "");
        HttpResponse<String> placed = server.post(
                "/orders",
                newToken(""),
                "{\"currency\":\"EUR\",\"items\":[{\"sku\":\"A\",\"quantity\":1,\"unitPrice\":5}]}");

        assertThat(Instant.parse(JSON.readTree(placed.body()).path("createdAt").asString()))
                .isAfter(before);
    }

    @Test
    void needTheScopesOfTheirRequests() throws Exception {
        HttpResponse<String> response = server.post("/dev/samples", newToken("&scope=orders:read"), "");

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).contains("orders:write");
    }

    @Test
    void needAToken() throws Exception {
        HttpResponse<String> response = server.post("/dev/samples", "", "");

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.body()).contains("/dev/token");
    }

    @Test
    void areHiddenFromProxies() throws Exception {
        HttpResponse<String> response = server.post("/dev/samples", token, "", "X-Forwarded-For", "127.0.0.1");

        assertThat(response.statusCode()).isEqualTo(404);
    }
}
