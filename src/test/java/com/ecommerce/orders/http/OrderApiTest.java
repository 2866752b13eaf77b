package com.ecommerce.orders.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ecommerce.orders.testkit.LogWatch;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

class OrderApiTest {

    private static final List<Route> ROUTES = List.of(
            new Route("GET", "/fine", (Endpoint.Open) (request, variables) -> ApiResponse.text(200, "fine")),
            new Route("GET", "/health", (Endpoint.Open) (request, variables) -> ApiResponse.text(200, "up")),
            new Route("GET", "/ready", (Endpoint.Open) (request, variables) ->
                    ApiResponse.text(request.header("x-request-id") == null ? 200 : 503, "ready")),
            new Route("GET", "/broken", (Endpoint.Open) (request, variables) -> {
                throw new IllegalStateException("SELECT secret FROM somewhere");
            }),
            new Route("GET", "/exhausted", (Endpoint.Open) (request, variables) -> {
                throw new OutOfMemoryError("a test's");
            }),
            new Route("GET", "/incomplete", (Endpoint.Open) (request, variables) -> {
                throw new NoClassDefFoundError("a/test");
            }),
            new Route("GET", "/bottomless", (Endpoint.Open) OrderApiTest::recurse),
            new Route("POST", "/secured/{name}", (Endpoint.Secured)
                    (request, pathVariables, caller) -> ApiResponse.text(200, pathVariables.toString())));

    @Test
    void echoesARequestIdOrMakesANewOne() {
        assertThat(call("GET", "/fine", Map.of("x-request-id", "abc 123")).headers())
                .containsEntry("X-Request-Id", "abc 123");
        assertThat(call("GET", "/fine", Map.of()).headers().get("X-Request-Id")).hasSize(36);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\r\nSet-Cookie: x", "ä", "a\tb", "\u0000"})
    void replacesARequestIdThatCouldDoHarm(String id) {
        assertThat(call("GET", "/fine", Map.of("x-request-id", id)).headers().get("X-Request-Id"))
                .hasSize(36);
        assertThat(call("GET", "/fine", Map.of("x-request-id", "a".repeat(129)))
                        .headers()
                        .get("X-Request-Id"))
                .hasSize(36);
    }

    @Test
    void logsRequestAndResponseButNoInventedMethod() {
        try (LogWatch log = LogWatch.start()) {
            call("HEAD", "/fine", Map.of());
            call("POST", "/nowhere", Map.of());
            call("GET\nERROR", "/fine", Map.of());

            assertThat(log.lines()).hasSize(3);
            assertThat(log.lines().get(0)).contains("method=HEAD", "route=/fine", "status=200", " HEAD /fine 200 in ");
            assertThat(log.lines().get(1)).contains("method=POST", "status=404", " POST - 404 in ");
            assertThat(log.lines().get(2)).contains("method=-", "status=405", " - - 405 in ");
        }
        assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
    }

    @Test
    void logsNoProbeThatSucceeds() {
        try (LogWatch log = LogWatch.start()) {
            call("GET", "/health", Map.of());
            call("HEAD", "/health", Map.of());
            call("GET", "/ready", Map.of());

            assertThat(log.lines()).isEmpty();
        }
    }

    /** The alarms count the lines with 5xx. */
    @Test
    void logsAProbeThatFails() {
        try (LogWatch log = LogWatch.start()) {
            call("GET", "/ready", Map.of("x-request-id", "r-1"));
            call("POST", "/health", Map.of());

            assertThat(log.lines()).hasSize(2);
            assertThat(log.lines().get(0)).startsWith("INFO ").contains("route=/ready", "status=503");
            assertThat(log.lines().get(1)).startsWith("INFO ").contains("status=405");
        }
    }

    @Test
    void restoresTheContextOfTheLog() {
        Map<String, String> theirs = Map.of("requestId", "theirs", "route", "theirs", "other", "theirs");
        MDC.setContextMap(theirs);
        try {
            call("GET", "/fine", Map.of());
            assertThat(MDC.getCopyOfContextMap()).isEqualTo(theirs);
        } finally {
            MDC.clear();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/broken", "/bottomless"})
    void neverThrowsAndNeverRevealsTheCause(String path) {
        ApiResponse response = call("GET", path, Map.of());

        assertThat(response.status()).isEqualTo(500);
        assertThat(text(response))
                .contains("INTERNAL_ERROR", response.headers().get("X-Request-Id"))
                .doesNotContain("SELECT", "Exception", "java", "Error\"");
    }

    /** A caught error of the JVM would keep a broken process alive. */
    @ParameterizedTest
    @CsvSource({"/exhausted,java.lang.OutOfMemoryError", "/incomplete,java.lang.NoClassDefFoundError"})
    void passesErrorsOnAndLogsThem(String path, Class<? extends Error> kind) {
        try (LogWatch log = LogWatch.start()) {
            assertThatThrownBy(() -> call("GET", path, Map.of("x-request-id", "r-1")))
                    .isInstanceOf(kind);

            assertThat(log.lines()).hasSize(2);
            assertThat(log.lines().get(0))
                    .startsWith("ERROR")
                    .contains("requestId=r-1", "The request failed", kind.getName());
            assertThat(log.lines().get(1)).contains(" GET " + path + " 500 in ");
        }
        assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
    }

    @Test
    void asksForACredentialBeforeAnythingElse() {
        assertThat(call("POST", "/secured/1", Map.of()).status()).isEqualTo(401);
    }

    @Test
    void answersHeadWithTheHeadersOfGet() {
        ApiResponse response = call("HEAD", "/fine", Map.of());

        assertThat(response.body()).isEmpty();
        assertThat(response.headers()).containsKey("Content-Type");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/secured",
                "/secured/",
                "/secured/1/",
                "/secured//1",
                "/secured/..",
                "/secured/a;b",
                "/secured/a\\b",
                "/secured/a\u0000",
                "/secured/\uFFFD",
                "/SECURED/1",
                "/fine/",
                "",
                "/"
            })
    void pathsMatchExactly(String path) {
        assertThat(call("POST", path, Map.of()).status()).isEqualTo(404);
    }

    @Test
    void sendsNoCorsHeadersWithoutAllowedOrigins() {
        Map<String, String> crossOrigin =
                Map.of("origin", "https://shop.example.org", "access-control-request-method", "GET");

        assertThat(call("OPTIONS", "/fine", crossOrigin).status()).isEqualTo(405);
        assertThat(call("GET", "/fine", crossOrigin).headers().keySet())
                .noneMatch(name -> name.startsWith("Access-Control"));
    }

    @Test
    void letsBrowsersOfAllowedOriginsIn() {
        Set<String> allowed = Set.of("https://shop.example.org");
        Map<String, String> known =
                Map.of("origin", "https://shop.example.org", "access-control-request-method", "GET");
        Map<String, String> unknown =
                Map.of("origin", "https://evil.example.org", "access-control-request-method", "GET");

        ApiResponse preflight = api(allowed).apply(request("OPTIONS", "/fine", known));
        assertThat(preflight.status()).isEqualTo(204);
        assertThat(preflight.headers())
                .containsEntry("Access-Control-Allow-Origin", "https://shop.example.org")
                .containsEntry("Access-Control-Allow-Methods", "GET, HEAD")
                .containsEntry("Vary", "Origin");
        assertThat(api(allowed).apply(request("GET", "/fine", known)).headers())
                .containsKey("Access-Control-Expose-Headers");
        assertThat(api(allowed).apply(request("OPTIONS", "/fine", unknown)).status())
                .isEqualTo(405);
        assertThat(api(allowed).apply(request("GET", "/fine", unknown)).headers())
                .doesNotContainKey("Access-Control-Allow-Origin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://shop.example.org", "null", "!~"})
    void letsAnyOriginInIfAllAreAllowed(String origin) {
        ApiResponse response = api(Set.of("*")).apply(request("GET", "/fine", Map.of("origin", origin)));

        assertThat(response.headers()).containsEntry("Access-Control-Allow-Origin", origin);
    }

    @Test
    void answersNoPreflightForAnUnknownPath() {
        Map<String, String> preflight = Map.of("origin", "null", "access-control-request-method", "GET");

        assertThat(api(Set.of("*"))
                        .apply(request("OPTIONS", "/nowhere", preflight))
                        .status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://a.example\r\nSet-Cookie: x", "https://a.example\n", "\u0000", "https://\u00E4.example"})
    void echoesNoOriginThatNoBrowserSends(String origin) {
        ApiResponse response = api(Set.of("*")).apply(request("GET", "/fine", Map.of("origin", origin)));

        assertThat(response.headers()).doesNotContainKey("Access-Control-Allow-Origin");
    }

    private static ApiResponse call(String method, String path, Map<String, String> headers) {
        return api(Set.of()).apply(request(method, path, headers));
    }

    private static OrderApi api(Set<String> origins) {
        return new OrderApi(
                new Router(ROUTES),
                request -> {
                    throw Authenticator.missing("nobody");
                },
                new Cors(origins),
                RequestObserver.NONE,
                BasePath.ROOT);
    }

    private static ApiRequest request(String method, String path, Map<String, String> headers) {
        return new ApiRequest(method, path, List.of(), headers, new byte[0]);
    }

    /** Ends in a StackOverflowError. */
    @SuppressWarnings("InfiniteRecursion")
    private static ApiResponse recurse(ApiRequest request, Map<String, String> variables) {
        return recurse(request, variables).with("never", "reached");
    }

    private static String text(ApiResponse response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }
}
