package com.ecommerce.orders.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.testkit.WireClient;
import com.ecommerce.orders.testkit.WireRequest;
import com.ecommerce.orders.testkit.WireResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One order that was placed and one order that does not exist. The platform's log must have the data of both requests
 * in separate fields.
 *
 *
 * @param tenant the tenant of the order
 * @param orderId the id of the order that was placed
 */
public record LoggedOrder(String tenant, String orderId) {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PLACING = "placing-" + UUID.randomUUID();
    private static final String MISSING = "missing-" + UUID.randomUUID();
    private static final String NO_ORDER = "01900000-0000-7000-8000-000000000000";
    private static final String ORDER =
            "{\"currency\":\"EUR\",\"items\":[{\"sku\":\"A\",\"quantity\":3,\"unitPrice\":500}]}";

    /** @param token a token of the tenant, with all scopes */
    public static LoggedOrder place(URI base, String tenant, String token) throws IOException {
        WireClient client = new WireClient(base);
        WireResponse placed = client.send(request("POST", "/orders", token, PLACING, ORDER));
        assertThat(placed.status()).as(placed.text()).isEqualTo(201);
        WireResponse missing = client.send(request("GET", "/orders/" + NO_ORDER, token, MISSING, null));
        assertThat(missing.status()).as(missing.text()).isEqualTo(404);
        return new LoggedOrder(tenant, String.valueOf(placed.captured("body:/id")));
    }

    private static WireRequest request(
            String method, String path, String token, String requestId, @Nullable String body) {
        Map<String, String> headers = new HashMap<>(Map.of(
                "Authorization",
                "Bearer " + token,
                "traceparent",
                "00-" + TRACE + "-00f067aa0ba902b7-01",
                "X-Request-Id",
                requestId));
        if (body != null) {
            headers.put("Content-Type", "application/json");
        }
        return new WireRequest(method, path, headers, body == null ? null : body.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Fails unless the log has one line of JSON with all fields for each of the two requests.
     *
     *
     * @param log the whole log, which may have other lines
     * @param traceField the platform's name of the field with the trace
     */
    public void assertLoggedIn(String log, String traceField) {
        JsonNode placed = onlyLine(log, PLACING, traceField);
        assertThat(field(placed, "method")).isEqualTo("POST");
        assertThat(field(placed, "route")).isEqualTo("/orders");
        assertThat(field(placed, "status")).isEqualTo("201");
        assertThat(field(placed, "orderId")).isEqualTo(orderId);
        assertThat(field(placed, "amount")).isEqualTo("1500");

        JsonNode missing = onlyLine(log, MISSING, traceField);
        assertThat(field(missing, "method")).isEqualTo("GET");
        assertThat(field(missing, "route")).isEqualTo("/orders/{orderId}");
        assertThat(field(missing, "status")).isEqualTo("404");
        assertThat(field(missing, "orderId")).isEqualTo(NO_ORDER);
        assertThat(missing.has("amount")).isFalse();
    }

    /** Makes the same check, and checks that numbers are JSON numbers. */
    public void assertLoggedWithNumbersIn(String log, String traceField) {
        assertLoggedIn(log, traceField);
        JsonNode placed = onlyLine(log, PLACING, traceField);
        assertThat(placed.path("status").isNumber()).isTrue();
        assertThat(placed.path("durationMicros").isNumber()).isTrue();
        assertThat(placed.path("amount").isNumber()).isTrue();
    }

    private JsonNode onlyLine(String log, String requestId, String traceField) {
        String[] lines = log.lines()
                .filter(line -> line.startsWith("{") && line.contains(requestId))
                .toArray(String[]::new);
        assertThat(lines).as(log).hasSize(1);
        JsonNode json = JsonMapper.shared().readTree(lines[0]);
        assertThat(field(json, "requestId")).isEqualTo(requestId);
        assertThat(field(json, "tenant")).isEqualTo(tenant);
        assertThat(field(json, "durationMicros")).matches("[1-9][0-9]*");
        assertThat(field(json, traceField)).endsWith(TRACE);
        return json;
    }

    private static String field(JsonNode json, String name) {
        return json.path(name).asString("");
    }
}
