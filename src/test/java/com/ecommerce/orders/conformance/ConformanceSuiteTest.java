package com.ecommerce.orders.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.ecommerce.orders.testkit.ExactJson;
import com.ecommerce.orders.testkit.TestDatabase;
import com.ecommerce.orders.testkit.Tokens;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.text.ParseException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Runs the suite against an echo server. The server responds with 200 and the request, or with the status in the path.
 */
class ConformanceSuiteTest {

    private final AtomicInteger calls = new AtomicInteger();
    private final CountDownLatch meeting = new CountDownLatch(2);
    private final Tokens tokens = new Tokens();
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private HttpServer server;

    @BeforeEach
    void startEchoing() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::echo);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void makesATestOfEveryCase() {
        List<String> names = ConformanceSuite.against(target())
                .map(DynamicTest::getDisplayName)
                .toList();
        assertThat(names).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(470);
        assertThat(names).contains("Creating orders: keepsEveryField");
    }

    @Test
    void refusesAServerThatIsNotTheApi() {
        List<ConformanceCase> creating = CaseReader.all().stream()
                .filter(each -> each.topic().equals("Creating orders"))
                .toList();
        List<DynamicTest> tests =
                ConformanceSuite.against(target().withoutContract(), creating).toList();
        assertThat(tests).isNotEmpty().allSatisfy(test -> assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(test.getExecutable()::execute));
    }

    /** The server responds to each of the two requests for {@code /meet} when both have arrived. */
    @Test
    void runsOneCaseThenTheOthersAtTheSameTimeAndAtLastTheCasesThatDisturbOthers() throws Throwable {
        String echo = "{'request': {'method': 'GET', 'path': '/echo'}, 'response': {'status': 200}}";
        String meet = "{'request': {'method': 'GET', 'path': '/meet'}, 'response': {'status': 200}}";
        String many =
                """
                {'parallel': 2, 'request': {'method': 'GET', 'path': '/echo'}, 'responses': [{'times': 2, 'status': 200}]}
                """;
        List<DynamicTest> tests = ConformanceSuite.against(
                        target().withoutContract(),
                        List.of(named("many", many), named("first", echo), named("one", meet), named("two", meet)))
                .toList();

        assertThat(tests)
                .extracting(DynamicTest::getDisplayName)
                .containsExactly("The topic: first", "The topic: one", "The topic: two", "The topic: many");
        for (DynamicTest test : tests) {
            test.getExecutable().execute();
        }
    }

    @Test
    void givesEveryCaseItsOwnTenant() {
        assertPasses(
                step(
                        "'as': {'scope': ['a', 'b'], 'email': null}",
                        "'path': '/echo'",
                        """
                'status': 200, 'body': {'tenant': '${tenant}', 'user': 'alice', 'scope': '[a, b]', 'email': '#absent'}
                """));
        assertPasses(
                step(
                        "'as': {'tenant': '${tenant}-b', 'user': 'bob'}",
                        "'path': '/echo'",
                        """
                'status': 200, 'body': {'tenant': '${tenant}-b', 'user': 'bob', 'scope': 'orders:read orders:write payments:write fulfillments:write'}
                """));
        assertPasses(step("'as': null", "'path': '/echo'", "'status': 200, 'body': {'authorization': '#absent'}"));
        assertPasses(step("'token': 'x'", "'path': '/echo'", "'status': 200, 'body': {'authorization': 'Bearer x'}"));
    }

    @Test
    void sendsContentAsTheCaseSays() {
        assertPasses(
                step(
                        "'request': {'method': 'POST', 'path': '/echo?a=%20', 'body': {'u': '${unique}'}}",
                        """
                'status': 200,
                'body': {'path': '/echo?a=%20', 'body': '{\\"u\\":\\"${unique}\\"}', 'contentType': 'application/json'}
                """));
        assertPasses(
                step(
                        "'request': {'method': 'POST', 'path': '/echo', 'base64': 'YQ=='}",
                        """
                'status': 200, 'body': {'body': 'a', 'contentType': '#absent'}
                """));
        assertPasses(step(
                """
                'request': {'method': 'POST', 'path': '/echo', 'headers': {'content-type': null}, 'body': {}}
                """,
                "'status': 200, 'body': {'contentType': '#absent'}"));
        assertPasses(step(
                """
                'request': {
                  'method': 'POST', 'path': '/echo', 'headers': {'Content-Type': 'text/plain'},
                  'repeat': {'before': '[', 'unit': 'ab', 'times': 3, 'after': ']'}
                }
                """,
                "'status': 200, 'body': {'body': '[ababab]', 'contentType': 'text/plain'}"));
    }

    @Test
    void capturesBeforeItMatches() {
        assertPasses(
                """
                {
                  'request': {'method': 'GET', 'path': '/echo'},
                  'response': {'status': 200, 'headers': {'X-Method': '${method}'}, 'body': {'method': '${header}'}},
                  'capture': {'method': 'body:/method', 'header': 'header:x-method', 'all': 'raw'}
                },
                {
                  'request': {'method': 'POST', 'path': '/raw', 'text': '${all}'},
                  'response': {'status': 200, 'raw': '${all}'}
                }
                """);
        assertFails(
                """
                {
                  'request': {'method': 'GET', 'path': '/echo'},
                  'response': {'status': 200},
                  'capture': {'id': 'body:/id'}
                }
                """,
                "capture id: there is no body:/id");
    }

    @Test
    void knowsWhetherThereIsABody() {
        assertPasses(
                """
                {'request': {'method': 'HEAD', 'path': '/echo'}, 'response': {'status': 200, 'empty': true}}
                """);
        assertFails(
                """
                {'request': {'method': 'GET', 'path': '/echo'}, 'response': {'status': 200, 'empty': true}}
                """,
                "body: expected none");
    }

    @Test
    void accountsForAllParallelResponses() {
        String first = "'parallel': 4, 'request': {'method': 'POST', 'path': '/first'}";
        assertPasses("{" + first + ", 'responses': [{'times': 3, 'status': 409}, {'times': 1, 'status': 201}]}");
        assertThat(calls).hasValue(4);
        assertPasses(
                "{" + first + ", 'responses': [{'times': '#atLeast:2', 'status': 409}, {'times': 1, 'status': 201}]}");
        assertFails("{" + first + ", 'responses': [{'times': 3, 'status': 409}]}", "do not account for all");
        assertFails(
                "{" + first + ", 'responses': [{'times': 1, 'status': 201}, {'times': '#atLeast:4', 'status': 409}]}",
                "do not account for all");
    }

    @Test
    void describesAMismatchCompletely() {
        assertFails(
                """
                {'request': {'method': 'GET', 'path': '/echo?a'}, 'response': {'status': 200}},
                {'request': {'method': 'GET', 'path': '/echo?b'}, 'response': {'status': 404, 'headers': {'Y': 'z'}}}
                """,
                "The topic: theCase (file: the clause), step 2 of 2",
                "status: expected 404 but was 200",
                "header Y: the whole: expected \"z\" but was absent",
                "GET /echo?b",
                "X-method: GET",
                "\"path\":\"/echo?b\"",
                "\"status\" : 404");
    }

    @Test
    void checksResponsesAgainstTheContract() {
        String step = "{'as': null, 'request': {'method': 'GET', 'path': '/health'}, 'response': {'status': 200}}";
        assertPasses(step);
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> run(target(), step))
                .withMessageContaining("openapi: answer: validation.response.body.schema");
    }

    @Test
    void checksThePlatformsOwnResponse() throws Throwable {
        String step = "{'request': {'method': 'GET', 'path': '/echo'}, 'response': {'status': 404}}";
        run(target().answering("theCase", 200, "the gateway says so").withoutContract(), step);
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> run(target().answering("theCase", 400, "the gateway says so"), step))
                .withMessageContaining("status: expected 400, since the gateway says so");
    }

    @Test
    void refusesAPlatformResponseWithoutCaseOrReason() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConformanceSuite.against(target().answering("noSuchCase", 400, "because")));
        assertThatIllegalArgumentException().isThrownBy(() -> target().answering("keepsEveryField", 400, " "));
    }

    @Test
    void runsACaseOnThePlatformsOfItsClause() {
        String steps = "[{'request': {'method': 'GET', 'path': '/echo'}, 'response': {'status': 200}}]";
        List<ConformanceCase> elsewhere = read("'platforms': ['aws', 'gcp'], 'steps': " + steps);
        assertThat(ConformanceSuite.against(target(), elsewhere)).isEmpty();
        assertThat(ConformanceSuite.against(target(), read("'platforms': ['local'], 'steps': " + steps)))
                .hasSize(1);
        assertThatIllegalArgumentException().isThrownBy(() -> read("'platforms': ['moon'], 'steps': " + steps));
    }

    @Test
    void aConcurrentChangeLastsAsLongAsItsStep() throws Exception {
        assertPasses(
                """
                {
                  'concurrently': {'sql': 'CREATE TABLE m (n text)', 'undo': 'DROP TABLE m'},
                  'request': {'method': 'GET', 'path': '/echo'},
                  'response': {'status': 200}
                },
                {
                  'concurrently': {'sql': 'CREATE TABLE m (n text)'},
                  'request': {'method': 'GET', 'path': '/echo'},
                  'response': {'status': 200}
                }
                """);
        try (Connection connection = TestDatabase.get().connectAsSuperuser();
                ResultSet tables = connection.getMetaData().getTables(null, null, "m", null)) {
            assertThat(tables.next()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'request': {'method': 'GET', 'path': '/', 'header': {}}, 'response': {'status': 200}}",
                "{'request': {'method': 'GET', 'path': '/'}, 'response': {'status': 200, 'bdy': {}}}",
                "{'request': {'method': 'GET', 'path': '/'}, 'response': {}}",
                "{'request': {'method': 'GET', 'path': '/'}}",
                "{'request': {'method': 'GET', 'path': '/', 'body': 1, 'text': ''}, 'response': {'status': 200}}",
                "{'as': {'role': 'x'}, 'request': {'method': 'GET', 'path': '/'}, 'response': {'status': 200}}",
                "{'as': null, 'token': 'x', 'request': {'method': 'GET', 'path': '/'}, 'response': {'status': 200}}",
                "{'parallel': 2, 'request': {'method': 'GET', 'path': '/'}, 'response': {'status': 200}}",
            })
    void refusesACaseThatIsMisspelt(String step) {
        assertThatIllegalArgumentException().isThrownBy(() -> cases(step)).withMessageContaining("theCase");
    }

    private void assertPasses(String steps) {
        calls.set(0);
        assertThatCode(() -> run(target().withoutContract(), steps)).doesNotThrowAnyException();
    }

    private void assertFails(String steps, String... messages) {
        calls.set(0);
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> run(target().withoutContract(), steps))
                .satisfies(failure -> assertThat(failure.getMessage()).contains(messages));
    }

    private Target target() {
        return Target.at(URI.create("http://127.0.0.1:" + server.getAddress().getPort()), tokens, "local");
    }

    private static void run(Target target, String steps) throws Throwable {
        for (DynamicTest test : ConformanceSuite.against(target, cases(steps)).toList()) {
            test.getExecutable().execute();
        }
    }

    private static List<ConformanceCase> cases(String steps) {
        return read("'steps': [" + steps + "]");
    }

    private static ConformanceCase named(String name, String steps) {
        ConformanceCase same = cases(steps).get(0);
        return new ConformanceCase(same.file(), same.topic(), name, same.clause(), same.platforms(), same.steps());
    }

    private static List<ConformanceCase> read(String members) {
        String topic =
                "{'topic': 'The topic', 'cases': [{'name': 'theCase', 'clause': 'the clause', " + members + "}]}";
        return CaseReader.read("file", ExactJson.read(topic.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    }

    private static String step(String identity, String request, String response) {
        return step(identity + ", 'request': {'method': 'GET', " + request + "}", response);
    }

    private static String step(String request, String response) {
        return "{" + request + ", 'response': {" + response + "}}";
    }

    private void echo(HttpExchange exchange) throws IOException {
        int call = calls.incrementAndGet();
        String path = exchange.getRequestURI().toString();
        byte[] body = exchange.getRequestBody().readAllBytes();
        byte[] answer = path.equals("/raw") ? body : ExactJson.write(described(exchange, body));
        exchange.getResponseHeaders().set("X-Method", exchange.getRequestMethod());
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        int status = path.equals("/meet") && !haveMet() ? 500 : !path.equals("/first") ? 200 : call == 1 ? 201 : 409;
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head || answer.length == 0 ? -1 : answer.length);
        if (!head) {
            exchange.getResponseBody().write(answer);
        }
        exchange.close();
    }

    private boolean haveMet() {
        try {
            meeting.countDown();
            return meeting.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }

    private static ObjectNode described(HttpExchange exchange, byte[] body) {
        ObjectNode told = JsonNodeFactory.instance.objectNode();
        told.put("method", exchange.getRequestMethod());
        told.put("path", exchange.getRequestURI().toString());
        told.put("body", new String(body, StandardCharsets.UTF_8));
        putIfThere(told, "contentType", exchange.getRequestHeaders().getFirst("Content-Type"));
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        putIfThere(told, "authorization", authorization);
        if (authorization != null && authorization.contains(".")) {
            putClaims(told, authorization.substring("Bearer ".length()));
        }
        return told;
    }

    private static void putClaims(ObjectNode told, String token) {
        try {
            var claims = SignedJWT.parse(token).getJWTClaimsSet().getClaims();
            putIfThere(told, "tenant", claims.get("tenant_id"));
            putIfThere(told, "user", claims.get("sub"));
            putIfThere(told, "email", claims.get("email"));
            putIfThere(told, "scope", claims.get("scope"));
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void putIfThere(ObjectNode told, String name, Object value) {
        if (value != null) {
            told.put(name, value.toString());
        }
    }
}
