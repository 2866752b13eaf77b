package com.ecommerce.orders.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ecommerce.orders.conformance.Tokens;
import com.ecommerce.orders.http.ApiRequest;
import com.ecommerce.orders.http.ApiResponse;
import com.ecommerce.orders.http.ApiUnderFuzz;
import com.ecommerce.orders.http.OrderApi;
import com.ecommerce.orders.http.Parameter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ApiGatewayFunctionTest {

    private static final Path EVENTS = Path.of("aws/events");
    private static final Set<String> WITHOUT_CALLER = Set.of(
            "http-api-v1-health.json",
            "http-api-v2-forged-header.json",
            "http-api-v2-health-head.json",
            "http-api-v2-health.json",
            "http-api-v2-no-authorizer.json",
            "http-api-v2-openapi.json",
            "http-api-v2-preflight.json",
            "http-api-v2-ready.json",
            "rest-api-health.json");

    private ApiRequest received;
    private ApiResponse response = ApiResponse.json(200, "{\"a\":\"ü\"}".getBytes(StandardCharsets.UTF_8));

    private final ApiGatewayFunction function = new ApiGatewayFunction(request -> {
        received = request;
        return response;
    });

    static List<Path> httpEvents() throws IOException {
        return events().filter(file -> !file.getFileName().toString().startsWith("other-"))
                .toList();
    }

    static List<Path> otherEvents() throws IOException {
        return events().filter(file -> file.getFileName().toString().startsWith("other-"))
                .toList();
    }

    private static Stream<Path> events() throws IOException {
        try (Stream<Path> files = Files.list(EVENTS)) {
            return files.filter(file -> file.toString().endsWith(".json")).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("httpEvents")
    void handsOnEverySampleRequest(Path file) throws IOException {
        String event = Files.readString(file);
        JsonNode answer = apply(event);

        assertThat(answer.path("statusCode").intValue()).isEqualTo(200);
        assertThat(answer.path("body").stringValue()).isEqualTo("{\"a\":\"ü\"}");
        assertThat(answer.path("isBase64Encoded").booleanValue()).isFalse();
        assertThat(answer.path("headers").path("Content-Type").stringValue()).isEqualTo("application/json");
        assertThat(received.method()).matches("GET|HEAD|POST|PATCH|OPTIONS");
        assertThat(received.path()).matches("/(orders(/[0-9a-f-]{36}(/[a-z]+)?)?|health|ready|openapi\\.json)");
        assertThat(received.headers()).containsKeys("x-request-id", "accept");
        assertThat(received.headers().keySet()).allMatch(name -> name.equals(name.toLowerCase(java.util.Locale.ROOT)));
        assertThat(new String(received.body().read(), StandardCharsets.UTF_8)).matches("|\\{.*}");
        if (WITHOUT_CALLER.contains(file.getFileName().toString())) {
            assertThat(received.platformClaims()).isNull();
        } else {
            assertThat(received.platformClaims()).containsKey("sub");
        }
    }

    @ParameterizedTest
    @MethodSource("otherEvents")
    void refusesWhatIsNotHttp(Path file) throws IOException {
        assertThat(apply(Files.readString(file)).path("statusCode").intValue()).isEqualTo(400);
        assertThat(received).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "7",
                "\"text\"",
                "{",
                "{\"requestContext\":7,\"path\":\"/\"}",
                "{\"a\":1e99999999999}"
            })
    void refusesWhatIsNoEventAtAll(String input) {
        JsonNode answer = apply(input);
        assertThat(answer.path("statusCode").intValue()).isEqualTo(400);
        assertThat(JsonMapper.shared()
                        .readTree(answer.path("body").stringValue())
                        .path("code")
                        .stringValue())
                .isEqualTo("INVALID_REQUEST");
    }

    @Test
    void answersWhenTheApiFails() {
        ApiGatewayFunction broken = new ApiGatewayFunction(request -> {
            throw new IllegalStateException("secret");
        });
        InputStream event =
                new ByteArrayInputStream(event("2.0", "/orders").toString().getBytes(StandardCharsets.UTF_8));
        String answer = new String(broken.apply(event).getPayload(), StandardCharsets.UTF_8);
        assertThat(answer).contains("\"statusCode\":500").doesNotContain("secret");
    }

    @Test
    void readsAnEventAsTheOnePayloadThatItIsWhole() {
        ObjectNode first = event("1.0", "/orders");
        assertThat(apply(first.put("rawPath", 7).toString()).path("statusCode").intValue())
                .isEqualTo(200);
        assertThat(received.path()).isEqualTo("/orders");
        assertThat(apply(first.put("rawPath", "/health").toString())
                        .path("statusCode")
                        .intValue())
                .isEqualTo(200);
        assertThat(received.path()).isEqualTo("/orders");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http-api-v2-get.json", "http-api-v1-get.json", "rest-api-get.json"})
    void believesNoAuthorizerWhereTheFunctionVerifiesTokensItself(String file) throws IOException {
        String event = Files.readString(EVENTS.resolve(file)).replaceAll("(?i)\"authorization\"", "\"x-no-token\"");

        assertThat(event).contains("\"claims\"");
        assertThat(status(ApiUnderFuzz.trusting(new Tokens()), event)).isEqualTo(401);
        assertThat(status(ApiUnderFuzz.behindAGateway(), event)).isEqualTo(404);
    }

    @Test
    void believesNoHeaderWhereTheAuthorizerVerifiesTokens() throws IOException {
        String event = Files.readString(EVENTS.resolve("http-api-v2-forged-header.json"));

        assertThat(status(ApiUnderFuzz.behindAGateway(), event)).isEqualTo(401);
    }

    /** A claim that is a list comes in brackets, and a claim that is no string as none. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"orgacme\"",
                "\"ORG:ACME\"",
                "\"org.acme\"",
                "\"org:acme \"",
                "\"acme\"",
                "\"[org:acme]\"",
                "\"[org:acme globex]\"",
                "\"org:acme,globex\"",
                "\"\"",
                "[\"org:acme\"]",
                "[\"org:acme\", \"globex\"]",
                "{\"org\": \"acme\"}",
                "7",
                "null"
            })
    void anAliasAnswersToNothingButItsKey(String tenant) throws IOException {
        OrderApi api = ApiUnderFuzz.behindAGateway(Map.of(
                "orders.identity.tenants.allowed", "org:acme,globex",
                "orders.identity.tenants.alias", "{\"org:acme\":\"acme\"}"));
        for (String file : List.of("http-api-v2-get.json", "http-api-v1-get.json", "rest-api-get.json")) {
            String event = Files.readString(EVENTS.resolve(file));
            assertThat(event).contains("\"tenant-blue\"");

            assertThat(status(api, event.replace("\"tenant-blue\"", "\"org:acme\"")))
                    .isEqualTo(404);
            assertThat(status(api, event.replace("\"tenant-blue\"", tenant))).isEqualTo(401);
        }
    }

    private static int status(OrderApi api, String event) {
        byte[] answer = new ApiGatewayFunction(api)
                .apply(new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)))
                .getPayload();
        return JsonMapper.shared().readTree(answer).path("statusCode").intValue();
    }

    @Test
    void takesThePathOfAnHttpApiAsItIs() {
        apply(event("2.0", "/orders/%41").toString());
        assertThat(received.path()).isEqualTo("/orders/%41");
    }

    @Test
    void decodesThePathOfARestApiOnce() {
        apply(event("", "/orders/%2541").toString());
        assertThat(received.path()).isEqualTo("/orders/%41");
    }

    @Test
    void leavesTheStageOut() {
        ObjectNode event = event("2.0", "/prod/orders");
        ((ObjectNode) event.get("requestContext")).put("stage", "prod");
        apply(event.toString());
        assertThat(received.path()).isEqualTo("/orders");
    }

    @Test
    void doesNotTakeAPathOfARestApiForItsStage() {
        ObjectNode event = event("", "/orders/1");
        ((ObjectNode) event.get("requestContext")).put("stage", "orders");
        apply(event.toString());
        assertThat(received.path()).isEqualTo("/orders/1");
    }

    @Test
    void readsRepeatedParametersOfEitherPayload() {
        ObjectNode second = event("2.0", "/orders").put("rawQueryString", "status=A&status=B&q=%2B+x");
        apply(second.toString());
        assertThat(received.query())
                .containsExactly(new Parameter("status", "A"), new Parameter("status", "B"), new Parameter("q", "+ x"));
        ObjectNode first = event("", "/orders");
        first.putObject("multiValueQueryStringParameters")
                .putArray("status")
                .add("A")
                .add("B");
        apply(first.toString());
        assertThat(received.query()).containsExactly(new Parameter("status", "A"), new Parameter("status", "B"));
    }

    @Test
    void joinsRepeatedHeaders() {
        ObjectNode event = event("", "/orders");
        event.putObject("headers").put("If-Match", "\"2\"");
        event.putObject("multiValueHeaders").putArray("If-Match").add("\"1\"").add("\"2\"");
        apply(event.toString());
        assertThat(received.headers()).containsEntry("if-match", "\"1\", \"2\"");
    }

    @Test
    void prefersTheCallersRequestId() {
        ObjectNode event = event("2.0", "/orders");
        apply(event.toString());
        assertThat(received.headers()).containsEntry("x-request-id", "of-the-api");
        event.putObject("headers").put("x-request-id", "of-the-caller");
        apply(event.toString());
        assertThat(received.headers()).containsEntry("x-request-id", "of-the-caller");
    }

    @Test
    void makesABodyThatIsNotBase64OneThatIsRefused() throws IOException {
        apply(event("2.0", "/orders")
                .put("body", "{\"a\":1}")
                .put("isBase64Encoded", true)
                .toString());
        assertThat(received.body().read()).isEqualTo(new byte[] {(byte) 0xFF});
    }

    @Test
    void readsScopesThatTheAuthorizerHasListed() {
        ObjectNode event = event("2.0", "/orders");
        ObjectNode jwt = ((ObjectNode) event.get("requestContext"))
                .putObject("authorizer")
                .putObject("jwt");
        jwt.putArray("scopes").add("orders:read");
        jwt.putObject("claims").put("sub", "[me]");
        apply(event.toString());
        assertThat(received.platformClaims()).isEqualTo(Map.of("sub", "[me]", "scope", List.of("orders:read")));
        jwt.putObject("claims").put("scope", "[orders:read orders:write]");
        apply(event.toString());
        assertThat(received.platformClaims()).isEqualTo(Map.of("scope", List.of("orders:read", "orders:write")));
    }

    @Test
    void sendsAsBase64WhatEscapesWouldMakeTooLarge() {
        byte[] body = "\"".repeat(GatewayResponse.MAX_BYTES / 2).getBytes(StandardCharsets.UTF_8);
        response = ApiResponse.json(200, body);
        JsonNode answer = apply(event("2.0", "/orders").toString());
        assertThat(answer.path("isBase64Encoded").booleanValue()).isTrue();
        assertThat(java.util.Base64.getDecoder().decode(answer.path("body").stringValue()))
                .isEqualTo(body);
    }

    /** The runtime client reports the invocation as failed, and ends the process after an error of the JVM. */
    @Test
    void passesAnErrorOnToTheRuntimeClient() {
        ApiGatewayFunction broken = new ApiGatewayFunction(request -> {
            throw new OutOfMemoryError("a test's");
        });
        byte[] event = event("2.0", "/orders").toString().getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> broken.apply(new ByteArrayInputStream(event))).isInstanceOf(OutOfMemoryError.class);
    }

    /** @param version empty for a REST API */
    private static ObjectNode event(String version, String path) {
        ObjectNode event = JsonMapper.shared().createObjectNode();
        ObjectNode context = event.putObject("requestContext").put("requestId", "of-the-api");
        if (version.equals("2.0")) {
            context.putObject("http").put("method", "GET");
            return event.put("version", version).put("rawPath", path);
        }
        return event.put("path", path).put("httpMethod", "GET");
    }

    private JsonNode apply(String event) {
        byte[] answer = function.apply(new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)))
                .getPayload();
        return JsonMapper.shared().readTree(answer);
    }
}
