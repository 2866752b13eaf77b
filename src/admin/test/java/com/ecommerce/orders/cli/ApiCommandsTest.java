package com.ecommerce.orders.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.local.testkit.LocalServer;
import com.ecommerce.orders.testkit.TestDatabase;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests of the commands that send requests to an API. */
class ApiCommandsTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String ORDER =
            "{\"currency\":\"EUR\",\"items\":[{\"sku\":\"BOOK\",\"quantity\":1,\"unitPrice\":1999}]}";

    @TempDir
    static Path directory;

    private static LocalServer server;

    private final String tenant = "tenant-" + UUID.randomUUID();
    private final List<Long> pauses = new ArrayList<>();

    @BeforeAll
    static void start() {
        server = LocalServer.withDevIssuer(directory);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void printsATokenOfTheTenantWithTheScopes() throws Exception {
        String reader = token("--scope", "orders:read", "--scope", "payments:write");

        assertThat(server.get("/orders", "Authorization", "Bearer " + reader).statusCode())
                .isEqualTo(200);
        assertThat(server.post("/orders", reader, ORDER).statusCode()).isEqualTo(403);
        assertThat(server.post("/orders", token(), ORDER).statusCode()).isEqualTo(201);
        assertThat(read("/orders", reader).path("data")).hasSize(1);
    }

    @Test
    void makesTheSampleOrdersOfTheConsole() throws Exception {
        Result made = run(Map.of(), "sample", "--tenant", tenant, "--url", url());

        assertThat(made.code()).as(made.err()).isZero();
        assertThat(made.out()).contains("Made 30 sample orders.", url());
        assertThat(read("/orders?limit=100", token()).path("data")).hasSize(30);
    }

    @Test
    void printsEachEventInALineAndContinuesAfterTheCursor() throws Exception {
        String first = place();
        String second = place();
        Result events = follow("--until-end");

        assertThat(events.code()).as(events.err()).isZero();
        assertThat(events.out()
                        .lines()
                        .map(line -> JSON.readTree(line).path("subject").asString()))
                .containsExactly(first, second);
        String cursor = events.err().strip().replaceFirst("Continue with --after ", "");

        String third = place();
        Result next = follow("--until-end", "--after", cursor, "--changes", "--type", "orders.order.placed.v1");

        assertThat(next.out().lines()).hasSize(1).first().satisfies(line -> assertThat(line)
                .contains(third, "\"changes\":{"));
    }

    @Test
    void saysThatTheCursorIsWrong() throws Exception {
        Result refused = follow("--after", "not-a-cursor");

        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err())
                .startsWith("follow: the API responded 400: ")
                .containsOnlyOnce("The cursor is damaged")
                .contains("events follow --help");
    }

    @Test
    void endsWithItsOwnCodeIfTheCursorHasExpired() throws Exception {
        place();
        String cursor = follow("--until-end").err().strip().replaceFirst("Continue with --after ", "");
        Result erased = run(
                Map.of(
                        "DB_URL", TestDatabase.get().url(),
                        "DB_OWNER", TestDatabase.OWNER,
                        "DB_OWNER_PASSWORD", TestDatabase.OWNER_PASSWORD),
                "tenant",
                "erase",
                tenant,
                "--yes");
        assertThat(erased.code()).as(erased.err()).isZero();
        place();

        Result expired = follow("--after", cursor);

        assertThat(expired.code()).isEqualTo(3);
        assertThat(expired.err()).startsWith("follow: the API responded 410: ");
    }

    @Test
    void saysThatTheTokenIsNotValid() {
        Result refused = run(Map.of("API_TOKEN", "made.up.token"), "events", "follow", "--url", url());

        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).startsWith("follow: the API responded 401: ").doesNotContain("made.up");
    }

    @Test
    void neverPrintsAWrongToken() {
        Result refused = run(Map.of("API_TOKEN", "two secrets"), "events", "follow", "--url", url());

        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err())
                .contains("API_TOKEN has a character that no token has")
                .doesNotContain("secrets");
    }

    @Test
    void saysThatNoApiListens() {
        Result failed = run(Map.of(), "sample", "--url", "http://127.0.0.1:1");

        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.err()).contains("the API at http://127.0.0.1:1 can't be reached", "--url");
    }

    @Test
    void waitsAsLongAsRetryAfterSaysAndOtherwiseLongerEachTime() throws Exception {
        String page = "{\"data\":[{\"id\":\"e1\"}],\"nextCursor\":\"c1\"}";
        String end = "{\"data\":[],\"nextCursor\":\"c2\"}";
        Script script = new Script()
                .then(0, "", "")
                .then(503, "7", "{\"detail\":\"Try later.\"}")
                .then(503, "", "<html>a proxy</html>")
                .then(429, "Sat, 28 Nov 2026 12:00:00 GMT", "{}")
                .then(200, "", page)
                .then(200, "5", end)
                .then(504, "", "{}")
                .then(410, "", "{\"detail\":\"The cursor has expired.\"}");

        Result result = script.follow();

        assertThat(result.code()).isEqualTo(3);
        assertThat(pauses).containsExactly(1L, 7L, 4L, 8L, 5L, 1L);
        assertThat(result.out()).isEqualTo("{\"id\":\"e1\"}\n");
        assertThat(result.err())
                .contains(
                        "503: Try later. Next try in 7 s.",
                        "503: <html>a proxy</html>",
                        "can't be reached",
                        "Next try in 8 s.")
                .containsOnlyOnce("Continue with --after c1");
        assertThat(script.queries)
                .containsExactly(
                        "limit=200",
                        "limit=200",
                        "limit=200",
                        "limit=200",
                        "limit=200",
                        "limit=200&after=c1",
                        "limit=200&after=c2",
                        "limit=200&after=c2");
    }

    @Test
    void findsTheEndOfTheLogWithoutTheSecondsOfRetryAfter() throws Exception {
        String first = "{\"data\":[{\"id\":\"e1\"}],\"nextCursor\":\"c1\"}";
        String again = "{\"data\":[],\"nextCursor\":\"c1\"}";
        Script script = new Script()
                .then(200, "", first)
                .then(200, "", again)
                .then(200, "Sat, 28 Nov 2026 12:00:00 GMT", "{\"data\":[],\"nextCursor\":\"c2\"}")
                .then(200, "", "{\"data\":[],\"nextCursor\":\"c2\"}")
                .then(410, "", "{\"detail\":\"The cursor has expired.\"}");

        assertThat(script.follow().code()).isEqualTo(3);
        assertThat(pauses).containsExactly(5L, 5L, 5L);
        Result ended = new Script().then(200, "", first).then(200, "", again).follow("--until-end");
        assertThat(ended.code()).as(ended.err()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>Please log in</html>", "", "null"})
    void saysThatTheResponseIsNotJson(String body) throws Exception {
        for (Result failed : List.of(
                new Script().then(200, "", body).follow(),
                new Script().then(200, "", "token").then(200, "", body).run(Map.of(), "sample"))) {
            assertThat(failed.code()).isEqualTo(1);
            assertThat(failed.err())
                    .contains("the response is not JSON", "--url")
                    .doesNotContain("\tat ");
            assertThat(failed.out()).isEmpty();
        }
    }

    @Test
    void neverStartsAgainBecauseAPageHasNoCursor() throws Exception {
        Result failed = new Script().then(200, "", "{\"data\":[]}").follow("--after", "c1");

        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.err()).contains("the response is not a page of events");
    }

    @Test
    void printsNothingThatIsNoToken() throws Exception {
        Result failed = new Script().then(200, "", "<html>Please log in</html>").run(Map.of(), "token");

        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.err()).contains("the response is not a token", "--url");
        assertThat(failed.out()).isEmpty();
    }

    @Test
    void namesTheSettingIfTheApiIssuesNoDevelopmentTokens() throws Exception {
        Script script = new Script().then(404, "", "{}");

        Result refused = script.run(Map.of(), "events", "follow");

        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("issues no development tokens", "set API_TOKEN");
    }

    private String place() throws Exception {
        HttpResponse<String> placed = server.post("/orders", token(), ORDER);
        assertThat(placed.statusCode()).as(placed.body()).isEqualTo(201);
        return JSON.readTree(placed.body()).path("id").asString();
    }

    private String token(String... options) {
        List<String> words = new ArrayList<>(List.of("token", "--tenant", tenant, "--url", url()));
        words.addAll(List.of(options));
        Result token = run(Map.of(), words.toArray(String[]::new));
        assertThat(token.code()).as(token.err()).isZero();
        return token.out().strip();
    }

    private Result follow(String... options) {
        List<String> words = new ArrayList<>(List.of("events", "follow", "--url", url() + "/"));
        words.addAll(List.of(options));
        return run(Map.of("API_TOKEN", token()), words.toArray(String[]::new));
    }

    private static JsonNode read(String path, String token) throws Exception {
        return JSON.readTree(
                server.get(path, "Authorization", "Bearer " + token).body());
    }

    private static String url() {
        return "http://localhost:" + server.port();
    }

    private Result run(Map<String, String> environment, String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = OrdersCommandLine.run(
                List.of(words),
                environment,
                new PrintWriter(out),
                new PrintWriter(err),
                time -> pauses.add(time.toSeconds()));
        return new Result(code, out.toString(), err.toString());
    }

    private record Result(int code, String out, String err) {}

    /** A server that gives prepared responses, one after the other. */
    private final class Script {

        private final Deque<Response> responses = new ArrayDeque<>();
        private final List<String> queries = new ArrayList<>();

        /** @param status the status, or 0 to end the connection in the middle of the response */
        Script then(int status, String retryAfter, String body) {
            responses.add(new Response(status, retryAfter, body));
            return this;
        }

        Result follow(String... options) throws IOException {
            List<String> words = new ArrayList<>(List.of("events", "follow"));
            words.addAll(List.of(options));
            return run(Map.of("API_TOKEN", "token"), words.toArray(String[]::new));
        }

        Result run(Map<String, String> environment, String... words) throws IOException {
            HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            http.createContext("/", this::respond);
            http.start();
            try {
                List<String> all = new ArrayList<>(List.of(words));
                all.addAll(
                        List.of("--url", "http://127.0.0.1:" + http.getAddress().getPort()));
                return ApiCommandsTest.this.run(environment, all.toArray(String[]::new));
            } finally {
                http.stop(0);
            }
        }

        private void respond(HttpExchange exchange) throws IOException {
            queries.add(String.valueOf(exchange.getRequestURI().getQuery()));
            Response response = responses.remove();
            if (response.status > 0) {
                if (!response.retryAfter.isEmpty()) {
                    exchange.getResponseHeaders().add("Retry-After", response.retryAfter);
                }
                byte[] body = response.body.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(response.status, body.length);
                exchange.getResponseBody().write(body);
            } else {
                exchange.sendResponseHeaders(200, 100);
            }
            exchange.close();
        }
    }

    private record Response(int status, String retryAfter, String body) {}
}
