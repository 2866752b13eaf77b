package com.ecommerce.orders.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.ecommerce.orders.local.testkit.LocalServer;
import com.ecommerce.orders.settings.SettingException;
import com.ecommerce.orders.testkit.Tokens;
import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of the data that a collector receives. */
class TelemetryTest {

    private static final Tokens TOKENS = new Tokens();
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String CALLER = "00f067aa0ba902b7";
    private static final List<Span> SPANS = new CopyOnWriteArrayList<>();
    private static final List<Metric> METRICS = new CopyOnWriteArrayList<>();
    private static final Set<String> SERVICES = ConcurrentHashMap.newKeySet();

    private static HttpServer collector;

    @BeforeAll
    static void sendRequests() throws Exception {
        collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", TelemetryTest::receiveSpans);
        collector.createContext("/v1/metrics", TelemetryTest::receiveMetrics);
        collector.start();
        String endpoint = "http://127.0.0.1:" + collector.getAddress().getPort();
        Map<String, String> settings = Map.of("orders.telemetry.endpoint", endpoint, "orders.telemetry.interval", "1s");
        try (LocalServer server = LocalServer.trusting(TOKENS, settings)) {
            String token = TOKENS.mint(Map.of(
                    "tenant_id",
                    "watched",
                    "sub",
                    "alice",
                    "email",
                    "alice@example.org",
                    "scope",
                    "orders:read orders:write payments:write fulfillments:write"));
            String created = "";
            for (int i = 0; i < 2; i++) {
                String order = "{\"currency\":\"EUR\",\"items\":[{\"sku\":\"A\",\"quantity\":1,\"unitPrice\":5}]}";
                created = server.post(
                                "/orders",
                                token,
                                order,
                                "Idempotency-Key",
                                "telemetry",
                                "traceparent",
                                "00-" + TRACE + "-" + CALLER + "-01")
                        .headers()
                        .firstValue("Location")
                        .orElseThrow();
            }
            String sale =
                    "{\"kind\":\"SALE\",\"state\":\"PENDING\",\"amount\":5,\"currency\":\"EUR\",\"provider\":\"stripe\"}";
            server.post(created + "/transactions", token, sale);
            server.get(created + "/transactions", "Authorization", "Bearer " + token);
            server.get("/events", "Authorization", "Bearer " + token);
            server.get("/orders");
            server.get("/nowhere");
            server.send("BREW", "/orders", token, "");
            // Metrics are sent at each interval, and not only at the end.
            await().atMost(Duration.ofSeconds(30)).until(() -> isMeasured("hikaricp.connections.active"));
        }
    }

    @AfterAll
    static void stop() {
        collector.stop(0);
    }

    @Test
    void continuesTheTraceOfTheCaller() {
        List<Span> mine = SPANS.stream()
                .filter(span -> hex(span.getTraceId()).equals(TRACE))
                .toList();
        List<Span> requests = mine.stream()
                .filter(span -> span.getKind() == Span.SpanKind.SPAN_KIND_SERVER)
                .toList();
        List<Span> roundTrips = mine.stream()
                .filter(span -> span.getKind() == Span.SpanKind.SPAN_KIND_CLIENT)
                .toList();

        assertThat(requests).hasSize(2).allSatisfy(span -> {
            assertThat(span.getName()).isEqualTo("POST /orders");
            assertThat(hex(span.getParentSpanId())).isEqualTo(CALLER);
        });
        assertThat(roundTrips).hasSize(2).allSatisfy(span -> {
            assertThat(span.getName()).isEqualTo("create_order_1");
            assertThat(requests).extracting(Span::getSpanId).contains(span.getParentSpanId());
        });
    }

    @Test
    void givesSpansTheAttributesOfTheSemanticConventions() {
        assertThat(SPANS)
                .filteredOn(span -> span.getName().equals("POST /orders"))
                .extracting(TelemetryTest::attributesOf)
                .contains(Map.of(
                        "http.request.method", text("POST"),
                        "http.route", text("/orders"),
                        "http.response.status_code", number(201),
                        "url.scheme", text("http")));
        assertThat(SPANS)
                .filteredOn(span -> span.getName().equals("create_order_1"))
                .isNotEmpty()
                .allSatisfy(span -> assertThat(attributesOf(span))
                        .isEqualTo(Map.of(
                                "db.system.name", text("postgresql"), "db.operation.name", text("create_order_1"))));
    }

    @Test
    void namesOneServiceInMetricsAndSpans() {
        assertThat(SERVICES).containsExactly("orders-api");
    }

    @Test
    void timesRequestsByRouteAndStatus() {
        assertThat(pointsOf("http.server.request.duration"))
                .anySatisfy(point -> assertThat(point)
                        .contains("http.route=/orders", "http.request.method=POST", "http.response.status_code=201"))
                .anySatisfy(point -> assertThat(point).contains("http.route=/orders", "http.response.status_code=401"))
                .anySatisfy(point -> assertThat(point)
                        .contains("http.request.method=GET", "url.scheme=http", "http.response.status_code=404")
                        .doesNotContain("http.route"))
                .anySatisfy(point ->
                        assertThat(point).contains("http.request.method=_OTHER", "http.response.status_code=405"));
    }

    /** The unit and the buckets are those of the semantic conventions. */
    @Test
    void measuresDurationsInSeconds() {
        assertThat(histogramsOf("http.server.request.duration"))
                .containsExactly("s [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0]");
        assertThat(histogramsOf("db.client.operation.duration"))
                .containsExactly("s [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 10.0]");
        assertThat(pointsOf("db.client.operation.duration"))
                .allSatisfy(point -> assertThat(point).contains("db.system.name=postgresql"));
        assertThat(METRICS)
                .filteredOn(metric -> metric.getName().startsWith("hikaricp."))
                .extracting(Metric::getUnit)
                .doesNotContain("milliseconds", "ms");
    }

    @Test
    void namesASpanWithoutARouteByItsMethod() {
        assertThat(SPANS)
                .extracting(Span::getName)
                .contains("GET", "HTTP")
                .noneMatch(name -> name.contains("none") || name.contains("BREW"));
    }

    @Test
    void measuresReplaysRoundTripsAndThePool() {
        assertThat(METRICS)
                .extracting(Metric::getName)
                .contains(
                        "orders.idempotent.replays",
                        "db.client.operation.duration",
                        "hikaricp.connections.active",
                        "hikaricp.connections.pending",
                        "jvm.memory.used");
    }

    @Test
    void timesTheRoundTripsOfEveryPort() {
        assertThat(pointsOf("db.client.operation.duration"))
                .anySatisfy(point -> assertThat(point).contains("db.operation.name=create_order_1"))
                .anySatisfy(point -> assertThat(point).contains("db.operation.name=record_transaction_1"))
                .anySatisfy(point -> assertThat(point).contains("db.operation.name=list_entries_1"))
                .anySatisfy(point -> assertThat(point).contains("db.operation.name=read_events_1"));
    }

    @Test
    void namesNoUserAndNoTenant() {
        assertThat(SPANS.toString() + METRICS).doesNotContain("watched", "alice", "telemetry\"", "eyJ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:4318", "http://localhost:4318/v1/traces", "grpc://localhost:4317"})
    void stopsTheStartIfTheAddressIsWrong(String address) {
        assertThatThrownBy(() -> LocalServer.trusting(TOKENS, Map.of("orders.telemetry.endpoint", address)))
                .rootCause()
                .isInstanceOf(SettingException.class)
                .hasMessage(
                        "The setting ORDERS_TELEMETRY_ENDPOINT must be the address of an OTLP collector, without a path,"
                                + " for example ORDERS_TELEMETRY_ENDPOINT=http://localhost:4318");
    }

    private static boolean isMeasured(String name) {
        return METRICS.stream().anyMatch(metric -> metric.getName().equals(name));
    }

    private static Set<String> histogramsOf(String name) {
        return METRICS.stream()
                .filter(metric -> metric.getName().equals(name))
                .flatMap(metric -> metric.getHistogram().getDataPointsList().stream()
                        .map(point -> metric.getUnit() + " " + point.getExplicitBoundsList()))
                .collect(Collectors.toSet());
    }

    private static List<String> pointsOf(String name) {
        return METRICS.stream()
                .filter(metric -> metric.getName().equals(name))
                .flatMap(metric -> metric.getHistogram().getDataPointsList().stream())
                .map(point -> point.getAttributesList().stream()
                        .map(attribute ->
                                attribute.getKey() + "=" + attribute.getValue().getStringValue())
                        .toList()
                        .toString())
                .toList();
    }

    private static Map<String, AnyValue> attributesOf(Span span) {
        return span.getAttributesList().stream().collect(Collectors.toMap(KeyValue::getKey, KeyValue::getValue));
    }

    private static AnyValue text(String value) {
        return AnyValue.newBuilder().setStringValue(value).build();
    }

    private static AnyValue number(long value) {
        return AnyValue.newBuilder().setIntValue(value).build();
    }

    private static void rememberServiceOf(Resource resource) {
        resource.getAttributesList().stream()
                .filter(attribute -> attribute.getKey().equals("service.name"))
                .forEach(attribute -> SERVICES.add(attribute.getValue().getStringValue()));
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }

    private static void receiveSpans(HttpExchange exchange) throws IOException {
        try (exchange) {
            ExportTraceServiceRequest.parseFrom(body(exchange))
                    .getResourceSpansList()
                    .forEach(resource -> {
                        rememberServiceOf(resource.getResource());
                        resource.getScopeSpansList().forEach(scope -> SPANS.addAll(scope.getSpansList()));
                    });
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private static void receiveMetrics(HttpExchange exchange) throws IOException {
        try (exchange) {
            ExportMetricsServiceRequest.parseFrom(body(exchange))
                    .getResourceMetricsList()
                    .forEach(resource -> {
                        rememberServiceOf(resource.getResource());
                        resource.getScopeMetricsList().forEach(scope -> METRICS.addAll(scope.getMetricsList()));
                    });
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private static InputStream body(HttpExchange exchange) throws IOException {
        boolean compressed = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        return compressed ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody();
    }
}
