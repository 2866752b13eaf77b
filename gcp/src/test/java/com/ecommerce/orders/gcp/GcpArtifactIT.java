package com.ecommerce.orders.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.conformance.ConformanceSuite;
import com.ecommerce.orders.conformance.LargeBodies;
import com.ecommerce.orders.conformance.LoggedOrder;
import com.ecommerce.orders.conformance.Target;
import com.ecommerce.orders.gcp.testkit.Deployment;
import com.ecommerce.orders.gcp.testkit.GoogleInvoker;
import com.ecommerce.orders.testkit.LoadedClasses;
import com.ecommerce.orders.testkit.TestDatabase;
import com.ecommerce.orders.testkit.Tokens;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests of {@code target/deploy} on both invokers of the cloud. */
class GcpArtifactIT {

    private static final String ORDER =
            "{\"currency\":\"EUR\",\"items\":[{\"sku\":\"A\",\"quantity\":1,\"unitPrice\":100}]}";

    private static final String VERSION_1 = "1.4.1";
    private static final String VERSION_2 = "2.0.0";
    private static final Tokens TOKENS = new Tokens();
    private static final String SPRING_S_OWN = "======> SOURCE: class com.ecommerce.orders.gcp.GcpApplication";
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    /** The cases whose path Jetty refuses before the API sees the request. */
    private static final List<String> REFUSED_BY_VERSION_1 = List.of("doesNotFindAPathWithAnEncodedNul");

    private static final List<String> REFUSED_BY_VERSION_2 = List.of(
            "doesNotFindAPathWithAnEncodedNul",
            "doesNotFindAPathWithEncodedDots",
            "doesNotFindAPathWithADoubledSlash",
            "doesNotFindAPathWithADoubledSlashInside",
            "doesNotFindAPathWithAnEncodedBackslash",
            "doesNotFindAPathWithAnEncodedControlCharacter",
            "doesNotFindAPathThatIsNotUtf8",
            "doesNotFindAPathWithAnEncodedSlash",
            "doesNotFindAPathThatIsEncodedTwice");

    @TestFactory
    Stream<DynamicTest> conformsOnVersion1() throws Exception {
        return conforms(GoogleInvoker.start(VERSION_1, environment("jwt")), REFUSED_BY_VERSION_1);
    }

    @TestFactory
    Stream<DynamicTest> conformsOnVersion2() throws Exception {
        return conforms(GoogleInvoker.start(VERSION_2, environment("jwt")), REFUSED_BY_VERSION_2);
    }

    @TestFactory
    Stream<DynamicTest> conformsBehindATrustedGateway() throws Exception {
        GoogleInvoker invoker = GoogleInvoker.start(VERSION_2, environment("gateway"));
        GatewayStandIn gateway = new GatewayStandIn(invoker.uri(), TOKENS);
        return ConformanceSuite.against(target(gateway.uri(), REFUSED_BY_VERSION_2))
                .onClose(gateway::close)
                .onClose(invoker::close);
    }

    private static Stream<DynamicTest> conforms(GoogleInvoker invoker, List<String> refused) {
        Stream<DynamicTest> more = Stream.of(
                DynamicTest.dynamicTest("HEAD says no wrong length", () -> sendsNoWrongLength(invoker)),
                DynamicTest.dynamicTest("Multipart is refused for its type", () -> refusesMultipart(invoker)),
                DynamicTest.dynamicTest(
                        "Behind a gateway it verifies the caller's own token",
                        () -> verifiesTheCallersTokenBehindAGateway(invoker)),
                DynamicTest.dynamicTest(
                        "It serves 30 bodies of 1 MiB at once", () -> servesManyLargeBodiesAtOnce(invoker)),
                DynamicTest.dynamicTest("The log has each request as fields", () -> logsEachRequestAsFields(invoker)),
                DynamicTest.dynamicTest("The log is clean", () -> isClean(invoker)));
        Stream<DynamicTest> suite = ConformanceSuite.against(target(invoker.uri(), refused));
        return Stream.concat(suite, more).onClose(invoker::close);
    }

    private static Target target(URI uri, List<String> refused) {
        Target target = Target.at(uri, TOKENS, "gcp");
        for (String name : refused) {
            target = target.answering(name, 400, "Jetty refuses the path before the function runs");
        }
        return target;
    }

    private static void servesManyLargeBodiesAtOnce(GoogleInvoker invoker) {
        assertThat(LargeBodies.send(invoker.uri(), TOKENS)).isSubsetOf(200, 429).contains(200);
    }

    /** The length must be that of a GET, or be missing (RFC 9110, section 8.6). */
    private static void sendsNoWrongLength(GoogleInvoker invoker) throws Exception {
        assertThat(invoker.send("HEAD", "/health", ""))
                .startsWith("HTTP/1.1 200 ")
                .doesNotContain("Content-Length");
    }

    private static void refusesMultipart(GoogleInvoker invoker) throws Exception {
        String token = TOKENS.mint(Map.of("tenant_id", "acme", "sub", "alice", "scope", "orders:write"));
        String part = "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n--x--\r\n";
        assertThat(invoker.send(
                        "POST",
                        "/orders",
                        part,
                        "Authorization: Bearer " + token,
                        "Content-Type: multipart/form-data; boundary=x"))
                .startsWith("HTTP/1.1 415 ")
                .contains("UNSUPPORTED_MEDIA_TYPE");
    }

    private static void logsEachRequestAsFields(GoogleInvoker invoker) throws Exception {
        String tenant = "gelöscht 😀";
        String token = TOKENS.mint(Map.of(
                "tenant_id",
                tenant,
                "sub",
                "alice",
                "scope",
                "orders:read orders:write payments:write fulfillments:write"));
        LoggedOrder.place(invoker.uri(), tenant, token)
                .assertLoggedWithNumbersIn(String.join("\n", invoker.log()), "logging.googleapis.com/trace");
    }

    /** Each line is JSON, except lines of libraries that write to the console. No line has data of a caller. */
    private static void isClean(GoogleInvoker invoker) throws Exception {
        assertThat(invoker.log()).allSatisfy(GcpArtifactIT::isJson);
        assertThat(invoker.errors() + invoker.log()).doesNotContain("Bearer", "eyJ", "alice", "@example");
    }

    private static void isJson(String line) {
        if (!line.equals(SPRING_S_OWN)) {
            assertThat(JsonMapper.shared().readTree(line).propertyNames()).contains("severity", "message");
        }
    }

    private static void verifiesTheCallersTokenBehindAGateway(GoogleInvoker invoker) throws Exception {
        try (GatewayStandIn gateway = new GatewayStandIn(invoker.uri(), TOKENS)) {
            Map<String, Object> claims = Map.of("tenant_id", "acme", "sub", "alice", "scope", "orders:read");
            URI orders = gateway.uri().resolve("/orders");
            assertThat(GoogleInvoker.get(orders, "Authorization", "Bearer " + TOKENS.mint(claims))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(GoogleInvoker.get(orders, "Authorization", "Bearer " + new Tokens().mint(claims))
                            .statusCode())
                    .isEqualTo(401);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {VERSION_1, VERSION_2})
    void startsWithoutADatabaseAndLogsTheFailureWithItsTrace(String version) throws Exception {
        Map<String, String> environment = environment("jwt");
        environment.put("DB_URL", "jdbc:postgresql://localhost:1/orders");
        try (GoogleInvoker invoker = GoogleInvoker.start(version, environment)) {
            String traceparent = "00-" + TRACE + "-00f067aa0ba902b7-01";
            assertThat(GoogleInvoker.get(
                                    invoker.uri().resolve("/ready"), "traceparent", traceparent, "X-Request-Id", "r-1")
                            .statusCode())
                    .isEqualTo(503);
            assertThat(invoker.log()).allSatisfy(GcpArtifactIT::isJson).anySatisfy(GcpArtifactIT::hasTrace);
        }
    }

    private static void hasTrace(String line) {
        assertThat(line).startsWith("{");
        JsonNode json = JsonMapper.shared().readTree(line);
        assertThat(json.path("severity").asString()).isEqualTo("WARNING");
        assertThat(json.path("requestId").asString()).isEqualTo("r-1");
        assertThat(json.path("logging.googleapis.com/trace").asString())
                .isEqualTo("projects/my-project/traces/" + TRACE);
    }

    /** The limits: the measured 4,652 and 4,996 classes (Java 17), and 10 % headroom. The time of a start follows the number. */
    @ParameterizedTest
    @CsvSource({"gateway, 5110", "jwt, 5490"})
    void loadsFewClassesForTheFirstResponse(String mode, int limit, @TempDir Path directory) throws Exception {
        Path log = directory.resolve("classes.log");
        Deployment artifact =
                Deployment.ofSource(VERSION_2, environment(mode)).withOptions("-Xlog:class+load:file=" + log);
        try (GoogleInvoker invoker = GoogleInvoker.launch(artifact).awaitPort()) {
            assertThat(invoker.send("POST", "/orders", ORDER, "Content-Type: application/json", caller(mode)))
                    .startsWith("HTTP/1.1 201 ");
            try (Stream<String> lines = Files.lines(log)) {
                long count = lines.filter(line -> line.contains("source:")).count();
                System.out.printf(
                        "First createOrder, Google Cloud, %s, Java %s: %d classes, CPU %d ms%n",
                        mode, System.getProperty("java.version"), count, invoker.cpuMillis());
                assertThat(count).isLessThanOrEqualTo(limit);
            }
            assertThat(LoadedClasses.ofOtherFeatures(log)).isEmpty();
            assertThat(Files.readString(log)).doesNotContain("io.opentelemetry", "io.micrometer.core");
        }
    }

    private static String caller(String mode) {
        if (mode.equals("jwt")) {
            return "Authorization: Bearer "
                    + TOKENS.mint(Map.of("tenant_id", "acme", "sub", "alice", "scope", "orders:write"));
        }
        String claims = "{\"tenant_id\":\"acme\",\"sub\":\"alice\",\"scope\":\"orders:write\"}";
        return "X-Apigateway-Api-Userinfo: "
                + Base64.getUrlEncoder().encodeToString(claims.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void opensAConnectionBeforeTheFirstRequest() throws Exception {
        Map<String, String> environment = environment("jwt");
        environment.computeIfPresent("DB_URL", (name, url) -> url + "?ApplicationName=early");
        try (GoogleInvoker invoker =
                        GoogleInvoker.launch(VERSION_2, environment).awaitPort();
                Connection superuser = TestDatabase.get().connectAsSuperuser()) {
            Awaitility.await().until(() -> isConnected(superuser, "early"));
        }
    }

    private static boolean isConnected(Connection superuser, String application) throws SQLException {
        try (PreparedStatement query =
                superuser.prepareStatement("SELECT FROM pg_stat_activity WHERE application_name = ?")) {
            query.setString(1, application);
            return query.executeQuery().next();
        }
    }

    /** Without a cloud, the connector fails when it asks for credentials. */
    @Test
    void loadsTheConnectorToCloudSqlAndLogsWhyItFails() throws Exception {
        Map<String, String> environment = environment("jwt");
        environment.put(
                "DB_URL",
                "jdbc:postgresql:///orders?cloudSqlInstance=my-project:europe-west1:orders"
                        + "&socketFactory=com.google.cloud.sql.postgres.SocketFactory&cloudSqlRefreshStrategy=lazy"
                        + "&sslmode=disable&enableIamAuth=true");
        environment.put("GOOGLE_APPLICATION_CREDENTIALS", "/there/is/no/such/file.json");
        try (GoogleInvoker invoker = GoogleInvoker.start(VERSION_2, environment)) {
            assertThat(GoogleInvoker.get(invoker.uri().resolve("/ready"), "X-Request-Id", "r-1")
                            .statusCode())
                    .isEqualTo(503);
            assertThat(invoker.log())
                    .anyMatch(line ->
                            line.contains("Unable to obtain credentials to communicate with the Cloud SQL API"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {VERSION_1, VERSION_2})
    void namesAMissingSetting(String version) throws Exception {
        Map<String, String> environment = environment("jwt");
        environment.keySet().removeAll(List.of("DB_URL", "DB_USER", "DB_PASSWORD"));
        try (GoogleInvoker invoker = GoogleInvoker.launch(version, environment)) {
            assertThat(invoker.awaitExit()).isEqualTo(1);
            assertThat(invoker.errors())
                    .contains("Not started: The setting DB_URL is missing. Set the JDBC URL of a PostgreSQL database");
        }
    }

    @Test
    void doesNotStartWithADangerousSetting() throws Exception {
        Map<String, String> environment = environment("gateway");
        environment.put("ORDERS_IDENTITY_TENANT_ALLOWED", "acme");
        try (GoogleInvoker invoker = GoogleInvoker.launch(VERSION_2, environment)) {
            assertThat(invoker.awaitExit()).isEqualTo(1);
            assertThat(invoker.errors())
                    .contains("Not started: The setting ORDERS_IDENTITY_TENANT_ALLOWED is unknown; the nearest one is"
                            + " ORDERS_IDENTITY_TENANTS_ALLOWED");
        }
    }

    static Map<String, String> environment(String mode) {
        Map<String, String> environment = new HashMap<>(TestDatabase.get().settings());
        environment.put("GOOGLE_CLOUD_PROJECT", "my-project");
        environment.put("ORDERS_IDENTITY_MODE", mode);
        if (mode.equals("jwt")) {
            environment.putAll(TOKENS.settings());
        }
        return environment;
    }
}
