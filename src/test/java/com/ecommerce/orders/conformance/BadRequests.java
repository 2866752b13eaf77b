package com.ecommerce.orders.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.conformance.BadBodies.BadBody;
import com.ecommerce.orders.testkit.ExactJson;
import com.ecommerce.orders.testkit.WireClient;
import com.ecommerce.orders.testkit.WireRequest;
import com.ecommerce.orders.testkit.WireResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Requests that {@code openapi.yaml} forbids. They are derived from the document: for each operation, each property,
 * parameter and header breaks each rule of its schema. The API must reject each request with a problem document of the
 * contract. The document must name the fault.
 */
public final class BadRequests {

    private static final Set<String> METHODS =
            Set.of("get", "head", "post", "patch", "put", "delete", "options", "trace");

    private final WireClient client;
    private final String token;
    private final JsonNode contract = contract();
    private final List<DynamicTest> tests = new ArrayList<>();
    private final String orderId;
    private final Map<String, String> entries = new HashMap<>();

    private BadRequests(Target target) throws IOException {
        this.client = new WireClient(target.baseUri());
        this.token = new Identity.User(Map.of()).token(target.tokens(), Variables.fresh());
        this.orderId = placeOrder();
        recordEntries();
    }

    /** Returns one test for each operation and kind of fault. */
    public static Stream<DynamicTest> against(Target target) throws IOException {
        BadRequests requests = new BadRequests(target);
        requests.contract.path("paths").properties().forEach(path -> requests.addPath(path.getKey(), path.getValue()));
        return requests.tests.stream();
    }

    private void addPath(String path, JsonNode item) {
        Set<String> methods = new TreeSet<>();
        for (Map.Entry<String, JsonNode> operation : item.properties()) {
            if (METHODS.contains(operation.getKey())) {
                methods.add(operation.getKey());
                addOperation(operation.getKey(), path, item, operation.getValue());
            }
        }
        for (String method : METHODS) {
            if (!methods.contains(method)) {
                add(method, path, "is a method that there is not", Map.of(), null, 405, List.of());
            }
        }
    }

    private void addOperation(String method, String path, JsonNode item, JsonNode operation) {
        boolean secured = !operation.has("security");
        if (secured) {
            add(method, path, "without a token", Map.of("Authorization", ""), null, 401, List.of());
        }
        Stream.concat(
                        item.path("parameters").valueStream(),
                        operation.path("parameters").valueStream())
                .map(parameter -> BadBodies.resolved(contract, parameter))
                .forEach(parameter -> addParameter(method, path, parameter));
        add(method, path + "?unknown=1", "", headers(method), null, 400, List.of("?unknown"));
        JsonNode content = operation.path("requestBody").path("content");
        if (!content.isMissingNode()) {
            addBodies(method, path, operation.path("requestBody"));
        }
    }

    private void addParameter(String method, String path, JsonNode parameter) {
        String name = parameter.path("name").stringValue();
        JsonNode schema = BadBodies.resolved(contract, parameter.path("schema"));
        for (String value : badValues(schema)) {
            switch (parameter.path("in").stringValue()) {
                case "query" ->
                    add(method, path + "?" + name + "=" + value, "", headers(method), null, 400, List.of("?" + name));
                case "path" ->
                    add(
                            method,
                            path.replace("{" + name + "}", value),
                            "",
                            headers(method),
                            null,
                            400,
                            List.of("{" + name + "}"));
                default -> {
                    Map<String, String> headers = headers(method);
                    headers.put(name, value);
                    add(method, path, name + ": " + value, headers, null, 400, List.of(name));
                }
            }
        }
        if (parameter.path("in").stringValue().equals("query")
                && !schema.path("type").stringValue().equals("array")) {
            add(method, path + "?" + name + "=1&" + name + "=1", "", headers(method), null, 400, List.of("?" + name));
        }
        if (parameter.path("required").booleanValue(false)) {
            switch (parameter.path("in").stringValue()) {
                case "query" -> add(method, path, "without " + name, Map.of(), null, 400, List.of("?" + name));
                case "header" ->
                    add(
                            method,
                            path,
                            "without " + name,
                            Map.of("Content-Type", "application/json"),
                            "{}",
                            428,
                            List.of());
                default -> {
                    // Without a parameter of the path, the request has another path.
                }
            }
        }
    }

    private static List<String> badValues(JsonNode schema) {
        List<String> values = new ArrayList<>();
        switch (schema.path("type").stringValue()) {
            case "integer" -> values.addAll(List.of("x", "1.5", "", "%00", "1e1", "0"));
            case "boolean" -> values.addAll(List.of("1", "TRUE", "", "null"));
            case "array" -> values.addAll(List.of("x", "", "PLACED,", "placed"));
            default -> {
                if (schema.path("minLength").intValue(0) > 0) {
                    values.add("");
                }
                if (schema.has("maxLength")) {
                    values.add("x".repeat(schema.path("maxLength").intValue() + 1));
                }
                if (schema.has("enum")) {
                    values.addAll(List.of("x", ""));
                }
                if (schema.path("format").stringValue("").equals("date-time")) {
                    values.addAll(List.of("x", "", "2026-01-01", "2026-02-30T00:00:00Z", "2026-01-01T00:00:00"));
                }
                if (schema.path("format").stringValue("").equals("uuid")) {
                    values.addAll(List.of("x", "1-2-3-4-5", "019ab3c2-8d5e-7c31-9f0a-5b7d2e4c6a1g"));
                }
            }
        }
        return values;
    }

    private void addBodies(String method, String path, JsonNode requestBody) {
        Map<String, String> headers = headers(method);
        for (Map.Entry<String, JsonNode> type : requestBody.path("content").properties()) {
            headers.put("Content-Type", type.getKey());
            for (BadBody body : BadBodies.of(contract, type.getValue().path("schema"))) {
                add(
                        method,
                        path,
                        type.getKey() + ": " + body.name(),
                        Map.copyOf(headers),
                        body.json(),
                        400,
                        body.pointers());
            }
        }
        headers.put("Content-Type", "text/plain");
        add(method, path, "as text", Map.copyOf(headers), "{}", 415, List.of());
    }

    /** @param pointers {@code errors} must have one of these; empty if the problem has no errors */
    private void add(
            String method,
            String path,
            String what,
            Map<String, String> headers,
            @Nullable String body,
            int status,
            List<String> pointers) {
        Map<String, String> all = new HashMap<>(headers);
        if (!all.containsKey("Authorization")) {
            all.put("Authorization", "Bearer " + token);
        } else {
            all.remove("Authorization");
        }
        String real = path.replace("{orderId}", orderId);
        for (Map.Entry<String, String> entry : entries.entrySet()) {
            real = real.replace(entry.getKey(), entry.getValue());
        }
        byte[] bytes = body == null ? null : body.getBytes(StandardCharsets.UTF_8);
        WireRequest request = new WireRequest(method.toUpperCase(Locale.ROOT), real, all, bytes);
        tests.add(DynamicTest.dynamicTest(request.method() + " " + path + " " + what, () -> {
            WireResponse response = client.send(request);
            assertThat(response.status()).as(response.text()).isEqualTo(status);
            assertThat(Contract.violations(request, response)).isEmpty();
            if (!request.method().equals("HEAD")) {
                check(response, pointers);
            }
        }));
    }

    private static void check(WireResponse response, List<String> pointers) {
        assertThat(response.header("Content-Type")).contains("application/problem+json");
        if (!pointers.isEmpty()) {
            List<String> named = ExactJson.read(response.body())
                    .path("errors")
                    .valueStream()
                    .map(error -> error.path("pointer").stringValue())
                    .toList();
            assertThat(named).as(response.text()).containsAnyElementsOf(pointers);
        }
    }

    private Map<String, String> headers(String method) {
        Map<String, String> headers = new HashMap<>();
        if (method.equals("patch")) {
            headers.put("If-Match", "*");
        }
        return headers;
    }

    /** The valid requests must be accepted. Otherwise a rejection could have another reason than the derived fault. */
    private String placeOrder() throws IOException {
        ObjectNode details = BadBodies.good(contract, contract.at("/components/schemas/CreateOrder"));
        details.remove("expectedTotal");
        details.remove("externalRef");
        ((ObjectNode) details.at("/items/0")).put("quantity", 10);
        JsonNode order = accepted("POST", "/orders", details, Map.of(), 201);
        String path = "/orders/" + order.path("id").stringValue();
        ObjectNode patch = BadBodies.good(contract, contract.at("/components/schemas/UpdateOrder"));
        accepted("PATCH", path + "?dryRun=true", patch, Map.of("If-Match", "*"), 200);
        return order.path("id").stringValue();
    }

    /** Records entries of all ledgers with every property. */
    private void recordEntries() throws IOException {
        String order = "/orders/" + orderId;
        ObjectNode transaction = good("NewTransaction");
        transaction.remove("transactionId");
        record("transaction", transaction);
        write("POST", "transaction", "/settle", good("Settlement"));
        accepted("POST", order + "/confirm", good("NoContent"), Map.of(), 200);
        record("fulfillment", good("NewFulfillment"));
        write("PATCH", "fulfillment", "", good("UpdateFulfillment"));
        write("POST", "fulfillment", "/deliver", good("NoContent"));
        write("POST", "fulfillment", "/cancel", good("NoContent"));
        record("cancellation", good("ItemsCancellation"));
        record("return", good("NewReturn"));
        write("POST", "return", "/receive", good("NewReceipt"));
        write("POST", "return", "/close", good("NoContent"));
        write("POST", "return", "/cancel", good("NoContent"));
    }

    /** Returns a valid body with every property. Its lines are the only line of the order. */
    private ObjectNode good(String schema) {
        ObjectNode body = BadBodies.good(contract, contract.at("/components/schemas/" + schema));
        body.path("items").forEach(item -> ((ObjectNode) item).put("lineNumber", 1));
        return body;
    }

    private void record(String kind, ObjectNode body) throws IOException {
        JsonNode entry = accepted("POST", "/orders/" + orderId + "/" + kind + "s", body, Map.of(), 201);
        entries.put("{" + kind + "Id}", entry.path("id").stringValue());
    }

    /** Changes the entry of this kind in a dry run. */
    private void write(String method, String kind, String action, ObjectNode body) throws IOException {
        String entry = "/orders/" + orderId + "/" + kind + "s/" + entries.get("{" + kind + "Id}");
        accepted(method, entry + action + "?dryRun=true", body, Map.of(), 200);
    }

    private JsonNode accepted(String method, String path, JsonNode body, Map<String, String> more, int status)
            throws IOException {
        Map<String, String> headers = new HashMap<>(more);
        headers.put("Authorization", "Bearer " + token);
        headers.put("Content-Type", "application/json");
        WireResponse response = client.send(
                new WireRequest(method, path, headers, body.toString().getBytes(StandardCharsets.UTF_8)));
        assertThat(response.status()).as(response.text()).isEqualTo(status);
        return ExactJson.read(response.body());
    }

    private static JsonNode contract() {
        try (InputStream yaml = BadRequests.class.getResourceAsStream("/openapi.yaml")) {
            return BadBodies.read(new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
