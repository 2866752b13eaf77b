package com.ecommerce.orders.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.testkit.ExactJson;
import com.ecommerce.orders.testkit.WireRequest;
import com.ecommerce.orders.testkit.WireResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class ContractTest {

    private static final String ORDER = "/orders/019ab3c2-8d5e-7c31-9f0a-5b7d2e4c6a18";

    @Test
    void acceptsTheExamplesOfTheDocument() {
        assertThat(Contract.violations(request("POST", "/orders", example("CreateOrder")), created(order())))
                .isEmpty();
        assertThat(Contract.violations(request("GET", "/orders?limit=3&sort=createdAt"), ok(example("OrderPage"))))
                .isEmpty();
        assertThat(Contract.violations(request("GET", "/events"), ok(example("EventPage"))))
                .isEmpty();
        assertThat(Contract.violations(request("GET", ORDER), problem(404, "NotFound")))
                .isEmpty();
        assertThat(Contract.violations(request("GET", "/health"), ok(example("Up"))))
                .isEmpty();
        assertThat(Contract.violations(request("GET", "/openapi.json"), ok(example("OpenApi"))))
                .isEmpty();
    }

    @Test
    void acceptsResponsesWithoutABody() {
        Map<String, List<String>> json = Map.of("Content-Type", List.of("application/json"));
        assertThat(Contract.violations(request("HEAD", ORDER), new WireResponse(200, json, new byte[0])))
                .isEmpty();
        assertThat(Contract.violations(
                        request("HEAD", ORDER),
                        new WireResponse(
                                404, Map.of("Content-Type", List.of("application/problem+json")), new byte[0])))
                .isEmpty();
        assertThat(Contract.violations(
                        request("GET", ORDER), new WireResponse(304, Map.of("ETag", List.of("\"1\"")), new byte[0])))
                .isEmpty();
    }

    @Test
    void acceptsTheRefusalOfAMethodThatAPathLacks() {
        assertThat(Contract.violations(request("DELETE", ORDER), problem(405, "MethodNotAllowed")))
                .isEmpty();
        assertThat(Contract.violations(request("DELETE", ORDER), ok(order()))).isNotEmpty();
    }

    @Test
    void acceptsTheRefusalOfHeadWithoutABody() {
        WireResponse refusal =
                new WireResponse(405, Map.of("Content-Type", List.of("application/problem+json")), new byte[0]);
        assertThat(Contract.violations(request("HEAD", ORDER + "/confirm"), refusal))
                .isEmpty();
        assertThat(Contract.violations(request("PUT", ORDER + "/confirm"), refusal))
                .isNotEmpty();
    }

    @Test
    void acceptsAReplayedPatchWithoutIfMatch() {
        WireRequest patch = request("PATCH", ORDER, JsonNodeFactory.instance.objectNode());
        Map<String, List<String>> headers = new HashMap<>(Map.of("Content-Type", List.of("application/json")));
        byte[] body = ExactJson.write(order());
        assertThat(Contract.violations(patch, new WireResponse(200, headers, body)))
                .isNotEmpty();
        headers.put("Idempotent-Replayed", List.of("true"));
        assertThat(Contract.violations(patch, new WireResponse(200, headers, body)))
                .isEmpty();
    }

    @Test
    void acceptsStatesThatAreSeparatedByCommasOrRepeated() {
        for (String query : List.of("status=PLACED,CONFIRMED", "status=PLACED&status=CONFIRMED")) {
            assertThat(Contract.violations(request("GET", "/orders?" + query), ok(example("OrderPage"))))
                    .isEmpty();
        }
    }

    @Test
    void acceptsAByteOrderMark() {
        byte[] body = ("\uFEFF" + example("CreateOrder")).getBytes(StandardCharsets.UTF_8);
        WireRequest request = new WireRequest(
                "POST",
                "/orders",
                request("POST", "/orders", example("CreateOrder")).headers(),
                body);
        assertThat(Contract.violations(request, created(order()))).isEmpty();
    }

    @Test
    void leavesOutPathsThatTheDocumentDoesNotHave() {
        for (String path : List.of("/customers", "/orders/", "//orders", "/orders;v=1", "/Orders", "/%6frders")) {
            assertThat(Contract.violations(request("GET", path), ok(example("Up"))))
                    .isEmpty();
        }
    }

    @Test
    void leavesOutRequestsThatWereRefused() {
        assertThat(Contract.violations(
                        request("POST", "/orders?x=y", ExactJson.read("{\"a\":1}".getBytes(StandardCharsets.UTF_8))),
                        problem(400, "InvalidRequest")))
                .isEmpty();
    }

    @Test
    void refusesAResponseThatTheContractDoesNotHave() {
        ObjectNode missing = order();
        missing.remove("version");
        ObjectNode mistyped = order();
        mistyped.put("version", "1");
        ObjectNode unknown = order();
        unknown.put("colour", "red");
        ObjectNode nested = order();
        ((ObjectNode) nested.get("items").get(0)).put("total", 1.5);
        for (JsonNode body : List.of(missing, mistyped, unknown, nested, order().put("status", "LOST"))) {
            assertThat(Contract.violations(request("GET", ORDER), ok(body)))
                    .as(body.toString())
                    .isNotEmpty();
        }
    }

    @Test
    void refusesAValueThatAnOpenListDoesNotHave() {
        ObjectNode code = ((ObjectNode) example("Forbidden")).put("code", "WEATHER");
        ObjectNode scope = ((ObjectNode) example("Forbidden")).put("requiredScope", "weather:read");
        for (ObjectNode problem : List.of(code, scope)) {
            assertThat(Contract.violations(request("GET", ORDER), problem(403, problem)))
                    .as(problem.toString())
                    .isNotEmpty();
        }
        ObjectNode page = (ObjectNode) example("EventPage");
        ((ObjectNode) page.get("data").get(0)).put("type", "orders.parcel.lost.v1");
        assertThat(Contract.violations(request("GET", "/events"), ok(page))).isNotEmpty();
    }

    @Test
    void refusesAStatusOrContentTypeOrHeaderThatTheContractDoesNotHave() {
        WireRequest get = request("GET", ORDER);
        assertThat(Contract.violations(get, problem(418, "NotFound"))).isNotEmpty();
        assertThat(Contract.violations(get, new WireResponse(200, Map.of(), new byte[0])))
                .isNotEmpty();
        assertThat(Contract.violations(
                        get,
                        new WireResponse(200, Map.of("Content-Type", List.of("text/html")), ExactJson.write(order()))))
                .isNotEmpty();
        assertThat(Contract.violations(
                        get,
                        new WireResponse(
                                200,
                                Map.of("Content-Type", List.of("application/json"), "ETag", List.of("W/\"1\"")),
                                ExactJson.write(order()))))
                .isNotEmpty();
    }

    @Test
    void refusesAnAcceptedRequestThatTheDocumentForbids() {
        ObjectNode unknown = ((ObjectNode) example("CreateOrder")).put("colour", "red");
        assertThat(Contract.violations(request("POST", "/orders", unknown), created(order())))
                .isNotEmpty();
        assertThat(Contract.violations(request("GET", "/orders?x=y"), ok(example("OrderPage"))))
                .isNotEmpty();
        assertThat(Contract.violations(request("GET", "/orders?limit=0"), ok(example("OrderPage"))))
                .isNotEmpty();
    }

    private static WireRequest request(String method, String path) {
        return new WireRequest(method, path, Map.of("Authorization", "Bearer x"), null);
    }

    private static WireRequest request(String method, String path, JsonNode body) {
        return new WireRequest(
                method,
                path,
                Map.of("Authorization", "Bearer x", "Content-Type", "application/json"),
                ExactJson.write(body));
    }

    private static WireResponse ok(JsonNode body) {
        return new WireResponse(200, Map.of("Content-Type", List.of("application/json")), ExactJson.write(body));
    }

    private static WireResponse created(JsonNode body) {
        Map<String, List<String>> headers = new HashMap<>();
        headers.put("Content-Type", List.of("application/json"));
        headers.put("Location", List.of(ORDER));
        headers.put("ETag", List.of("\"1\""));
        return new WireResponse(201, headers, ExactJson.write(body));
    }

    private static WireResponse problem(int status, String example) {
        return problem(status, example(example));
    }

    private static WireResponse problem(int status, JsonNode body) {
        return new WireResponse(
                status, Map.of("Content-Type", List.of("application/problem+json")), ExactJson.write(body));
    }

    private static ObjectNode order() {
        return (ObjectNode) example("PlacedOrder");
    }

    private static JsonNode example(String name) {
        try (InputStream yaml = ContractTest.class.getResourceAsStream("/openapi.yaml")) {
            Map<String, Object> document = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
            return new JsonMapper().valueToTree(document).at("/components/examples/" + name + "/value");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
