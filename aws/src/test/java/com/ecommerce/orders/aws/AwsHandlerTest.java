package com.ecommerce.orders.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ecommerce.orders.http.ApiRequest;
import com.ecommerce.orders.http.ApiResponse;
import com.ecommerce.orders.http.ApiUnderFuzz;
import com.ecommerce.orders.http.BasePath;
import com.ecommerce.orders.http.OrderApi;
import com.ecommerce.orders.http.Parameter;
import com.ecommerce.orders.testkit.Tokens;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@NullUnmarked
class AwsHandlerTest {

    private static final Path EVENTS = Path.of("aws/events");
    private static final Set<String> WITHOUT_CALLER = Set.of(
            "function-url-get.json",
            "http-api-v1-health.json",
            "http-api-v2-forged-header.json",
            "http-api-v2-health-head.json",
            "http-api-v2-health.json",
            "http-api-v2-no-authorizer.json",
            "http-api-v2-openapi.json",
            "http-api-v2-preflight.json",
            "http-api-v2-ready.json",
            "load-balancer-create-dry-run.json",
            "load-balancer-list-multi-value.json",
            "rest-api-health.json");

    private static final Tokens TOKENS = new Tokens();

    private ApiRequest received;
    private ApiResponse response = ApiResponse.json(200, "{\"a\":\"ü\"}".getBytes(StandardCharsets.UTF_8));

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
    void passesEverySampleRequestToTheApi(Path file) throws IOException {
        String event = Files.readString(file);
        JsonNode answer = apply(event);

        assertThat(answer.path("statusCode").intValue()).isEqualTo(200);
        assertThat(answer.path("body").stringValue()).isEqualTo("{\"a\":\"ü\"}");
        assertThat(answer.path("isBase64Encoded").booleanValue()).isFalse();
        assertThat(answer.findValue("Content-Type").toString()).contains("application/json");
        assertThat(received.method()).matches("GET|HEAD|POST|PATCH|OPTIONS");
        assertThat(received.path()).matches("/(orders(/[0-9a-f-]{36}(/[a-z]+)?)?|health|ready|openapi\\.json)");
        assertThat(received.headers()).containsKey("accept");
        assertThat(received.headers().containsKey("x-request-id")).isEqualTo(event.contains("\"requestId\""));
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
    void refusesEventsThatAreNotHttpRequests(Path file) throws IOException {
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
    void refusesInputThatIsNotAnEvent(String input) {
        JsonNode answer = apply(input);
        assertThat(answer.path("statusCode").intValue()).isEqualTo(400);
        assertThat(JsonMapper.shared()
                        .readTree(answer.path("body").stringValue())
                        .path("code")
                        .stringValue())
                .isEqualTo("INVALID_REQUEST");
    }

    @Test
    void respondsWith500IfTheApiFails() {
        JsonNode answer = answer(
                request -> {
                    throw new IllegalStateException("secret");
                },
                BasePath.ROOT,
                event("2.0", "/orders").toString());
        assertThat(answer.path("statusCode").intValue()).isEqualTo(500);
        assertThat(answer.toString()).doesNotContain("secret");
    }

    @Test
    void readsAnEventAsThePayloadThatIsComplete() {
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
    void ignoresTheAuthorizerIfTheFunctionVerifiesTokens(String file) throws IOException {
        String event = Files.readString(EVENTS.resolve(file)).replaceAll("(?i)\"authorization\"", "\"x-no-token\"");

        assertThat(event).contains("\"claims\"");
        assertThat(status(ApiUnderFuzz.trusting(new Tokens()), event)).isEqualTo(401);
        assertThat(status(ApiUnderFuzz.behindAGateway(), event)).isEqualTo(404);
    }

    @Test
    void ignoresTheTokenHeaderIfTheAuthorizerVerifiesTokens() throws IOException {
        String event = Files.readString(EVENTS.resolve("http-api-v2-forged-header.json"));

        assertThat(status(ApiUnderFuzz.behindAGateway(), event)).isEqualTo(401);
    }

    /** API Gateway writes a list in brackets and leaves out claims that are not strings. */
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
    void matchesAnAliasOnlyByItsKey(String tenant) throws IOException {
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
        return answer(api, BasePath.ROOT, event).path("statusCode").intValue();
    }

    @Test
    void keepsThePathOfAnHttpApi() {
        apply(event("2.0", "/orders/%41").toString());
        assertThat(received.path()).isEqualTo("/orders/%41");
    }

    @Test
    void decodesThePathOfARestApiOnce() {
        apply(event("", "/orders/%2541").toString());
        assertThat(received.path()).isEqualTo("/orders/%41");
    }

    @Test
    void removesTheStage() {
        ObjectNode event = event("2.0", "/prod/orders");
        ((ObjectNode) event.get("requestContext")).put("stage", "prod");
        apply(event.toString());
        assertThat(received.path()).isEqualTo("/orders");
    }

    @Test
    void keepsAPathOfARestApiThatLooksLikeAStage() {
        ObjectNode event = event("", "/orders/1");
        ((ObjectNode) event.get("requestContext")).put("stage", "orders");
        apply(event.toString());
        assertThat(received.path()).isEqualTo("/orders/1");
    }

    @Test
    void readsRepeatedParametersOfBothPayloads() {
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
    void turnsABodyThatIsNotBase64IntoARefusedOne() throws IOException {
        apply(event("2.0", "/orders")
                .put("body", "{\"a\":1}")
                .put("isBase64Encoded", true)
                .toString());
        assertThat(received.body().read()).isEqualTo(new byte[] {(byte) 0xFF});
    }

    @Test
    void readsScopesFromTheListOfTheAuthorizer() {
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
    void sendsAsBase64IfEscapesWouldMakeTheResponseTooLarge() {
        byte[] body = "\"".repeat(AwsResponseMapper.MAX_BYTES / 2).getBytes(StandardCharsets.UTF_8);
        response = ApiResponse.json(200, body);
        JsonNode answer = apply(event("2.0", "/orders").toString());
        assertThat(answer.path("isBase64Encoded").booleanValue()).isTrue();
        assertThat(java.util.Base64.getDecoder().decode(answer.path("body").stringValue()))
                .isEqualTo(body);
    }

    /** The runtime client reports the invocation as failed. After an error of the JVM it ends the process. */
    @Test
    void passesAnErrorToTheRuntimeClient() {
        Function<ApiRequest, ApiResponse> broken = request -> {
            throw new OutOfMemoryError("a test's");
        };
        String event = event("2.0", "/orders").toString();

        assertThatThrownBy(() -> answer(broken, BasePath.ROOT, event)).isInstanceOf(OutOfMemoryError.class);
    }

    /** An event without multiValueQueryStringParameters loses no parameter: a dry run stays a dry run. */
    @Test
    void readsParametersWithOneValue() {
        ObjectNode event = event("1.0", "/orders");
        event.putObject("queryStringParameters")
                .put("dryRun", "true")
                .put("q", "a%2Bb c")
                .put("empty", "");
        apply(event.toString());
        assertThat(received.query())
                .containsExactly(
                        new Parameter("dryRun", "true"), new Parameter("q", "a%2Bb c"), new Parameter("empty", ""));
    }

    @Test
    void decodesTheParametersOfALoadBalancer() {
        ObjectNode event = JsonMapper.shared()
                .createObjectNode()
                .put("path", "/orders%2F1")
                .put("httpMethod", "GET");
        event.putObject("queryStringParameters").put("d%72yRun", "tr%75e").put("q", "%2B+x");
        event.putObject("requestContext").putObject("elb").put("targetGroupArn", "a");
        apply(event.toString());
        assertThat(received.path()).isEqualTo("/orders/1");
        assertThat(received.query()).containsExactly(new Parameter("dryRun", "true"), new Parameter("q", "+ x"));
        event.remove("queryStringParameters");
        event.putObject("multiValueQueryStringParameters")
                .putArray("st%61tus")
                .add("A%2CB")
                .add("C");
        apply(event.toString());
        assertThat(received.query()).containsExactly(new Parameter("status", "A,B"), new Parameter("status", "C"));
    }

    @Test
    void readsAllValuesOfAParameterIfTheEventHasThem() {
        ObjectNode event = event("", "/orders");
        event.putObject("queryStringParameters").put("status", "B").put("limit", "1");
        event.putObject("multiValueQueryStringParameters")
                .putArray("status")
                .add("A")
                .add("B");
        apply(event.toString());
        assertThat(received.query())
                .containsExactlyInAnyOrder(
                        new Parameter("status", "A"), new Parameter("status", "B"), new Parameter("limit", "1"));
    }

    @Test
    void readsTheParametersOfPayload2WithoutARawQuery() {
        ObjectNode event = event("2.0", "/orders");
        event.putObject("queryStringParameters").put("dryRun", "true");
        apply(event.toString());
        assertThat(received.query()).containsExactly(new Parameter("dryRun", "true"));
        apply(event.put("rawQueryString", "").toString());
        assertThat(received.query()).isEmpty();
    }

    @Test
    void readsOtherValuesAsTheirText() {
        ObjectNode event = event("1.0", "/orders");
        event.putObject("queryStringParameters")
                .put("dryRun", true)
                .put("limit", 7)
                .putNull("none");
        event.putObject("headers").put("If-Match", 7);
        apply(event.toString());
        assertThat(received.query())
                .containsExactly(
                        new Parameter("dryRun", "true"), new Parameter("limit", "7"), new Parameter("none", ""));
        assertThat(received.headers()).containsEntry("if-match", "7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"reason\":\"x\"}", "[1]", "7", "true"})
    void refusesABodyThatIsNotText(String body) throws IOException {
        String event = event("1.0", "/orders")
                .set("body", JsonMapper.shared().readTree(body))
                .toString();
        apply(event);
        assertThat(received.body().read()).isEqualTo(new byte[] {(byte) 0xFF});
    }

    /** Function URLs and load balancers leave the path encoded. An HTTP API decodes the path. */
    @Test
    void decodesThePathOfAFunctionUrlOnce() {
        ObjectNode event = event("2.0", "/orders/%2541");
        ((ObjectNode) event.get("requestContext"))
                .put("domainName", "abc.lambda-url.eu-central-1.on.aws")
                .put("stage", "$default");
        apply(event.toString());
        assertThat(received.path()).isEqualTo("/orders/%41");
    }

    @Test
    void respondsToALoadBalancerWithTheHeadersThatItReads() {
        ObjectNode event =
                JsonMapper.shared().createObjectNode().put("path", "/orders").put("httpMethod", "GET");
        event.putObject("requestContext").putObject("elb").put("targetGroupArn", "a");
        event.putObject("headers").put("accept", "*/*");
        JsonNode answer = apply(event.toString());
        assertThat(answer.path("headers").path("Content-Type").stringValue()).isEqualTo("application/json");
        assertThat(answer.has("multiValueHeaders")).isFalse();
        event.remove("headers");
        event.putObject("multiValueHeaders").putArray("accept").add("*/*");
        answer = apply(event.toString());
        assertThat(answer.has("headers")).isFalse();
        assertThat(answer.path("multiValueHeaders").path("Content-Type").get(0).stringValue())
                .isEqualTo("application/json");
        assertThat(received.headers()).containsEntry("accept", "*/*");
        assertThat(answer.has("statusDescription")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        // payload, stage, path, requestContext.path, seen by the API
        "2.0, prod, /prod/orders/1, , /orders/1",
        "2.0, $default, /shop/orders/1, , /shop/orders/1",
        "1.0, $default, /shop/orders/1, /shop/orders/1, /shop/orders/1",
        "'', prod, /shop/orders/1, /shop/orders/1, /shop/orders/1",
        "'', prod, /orders/1, /prod/orders/1, /orders/1",
        "'', shop, /orders/1, /shop/orders/1, /shop/orders/1",
        "2.0, shop, /shop/orders/1, , /shop/orders/1",
        "1.0, shop, /shop/orders/1, /shop/orders/1, /shop/orders/1",
        "elb, , /shop/orders/1, , /shop/orders/1"
    })
    void passesTheBasePathToTheApi(String version, String stage, String path, String contextPath, String seen) {
        ObjectNode event = event(version.equals("elb") ? "" : version, path);
        ObjectNode context = (ObjectNode) event.get("requestContext");
        context.put("stage", stage);
        if (contextPath != null) {
            context.put("path", contextPath);
        }
        if (version.equals("elb")) {
            context.putObject("elb");
        }
        apply(event.toString(), new BasePath("/shop"));
        assertThat(received.path()).isEqualTo(seen);
    }

    @ParameterizedTest
    @CsvSource({
        "2.0, orders, /orders/orders, ",
        "1.0, orders, /orders/orders, /orders/orders",
        "'', orders, /orders, /orders/orders",
        "2.0, $default, /orders/orders, ",
        "'', prod, /orders/orders, /orders/orders"
    })
    void servesAStageWithTheNameOfARoute(String version, String stage, String path, String contextPath) {
        ObjectNode event = event(version, path);
        ((ObjectNode) event.get("requestContext")).put("stage", stage).put("path", contextPath);
        JsonNode answer = answer(ApiUnderFuzz.behindAGatewayAt("/orders"), new BasePath("/orders"), event.toString());

        assertThat(answer.path("statusCode").intValue()).isEqualTo(401);
        JsonNode problem = JsonMapper.shared().readTree(answer.path("body").stringValue());
        assertThat(problem.path("instance").stringValue()).isEqualTo("/orders/orders");
    }

    @ParameterizedTest
    @CsvSource({"http-api-v2-create.json, rawPath", "http-api-v1-create.json, path", "rest-api-create.json, path"})
    void putsTheBasePathBeforeLocation(String file, String path) throws IOException {
        ObjectNode event = (ObjectNode) JsonMapper.shared().readTree(Files.readString(EVENTS.resolve(file)));
        event.put(path, "/shop/orders");
        JsonNode answer = answer(ApiUnderFuzz.behindAGatewayAt("/shop"), new BasePath("/shop"), event.toString());

        assertThat(answer.path("statusCode").intValue()).isEqualTo(201);
        assertThat(answer.path("headers").path("Location").stringValue()).startsWith("/shop/orders/");
    }

    @Test
    void readsADryRunFromAnEventOfALoadBalancer() {
        String event =
                """
                {"requestContext":{"elb":{"targetGroupArn":"a"}},"httpMethod":"POST","path":"/orders",
                 "queryStringParameters":{"dryRun":"true"},
                 "headers":{"content-type":"application/json","authorization":"Bearer %s"},"isBase64Encoded":false,
                 "body":"{\\"currency\\":\\"EUR\\",\\"items\\":[{\\"sku\\":\\"A\\",\\"quantity\\":1,\\"unitPrice\\":1}]}"}"""
                        .formatted(TOKENS.mint(Map.of(
                                "tenant_id",
                                "acme",
                                "sub",
                                "alice",
                                "scope",
                                "orders:read orders:write payments:write fulfillments:write")));
        JsonNode answer = answer(ApiUnderFuzz.trusting(TOKENS), BasePath.ROOT, event);

        assertThat(answer.path("statusCode").intValue()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.path("headers").path("Dry-Run").stringValue()).isEqualTo("true");
    }

    /** @param version the version of the payload; empty for a REST API */
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
        return apply(event, BasePath.ROOT);
    }

    private JsonNode apply(String event, BasePath basePath) {
        return answer(
                request -> {
                    received = request;
                    return response;
                },
                basePath,
                event);
    }

    private static JsonNode answer(Function<ApiRequest, ApiResponse> api, BasePath basePath, String event) {
        InputStream input = new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8));
        return JsonMapper.shared()
                .readTree(new AwsHandler(api, basePath).apply(input).getPayload());
    }
}
