package com.ecommerce.orders.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.ecommerce.orders.azure.testkit.StagedApp;
import com.ecommerce.orders.conformance.ConformanceSuite;
import com.ecommerce.orders.conformance.LargeBodies;
import com.ecommerce.orders.conformance.LoggedOrder;
import com.ecommerce.orders.conformance.Target;
import com.ecommerce.orders.testkit.LoadedClasses;
import com.ecommerce.orders.testkit.TestDatabase;
import com.ecommerce.orders.testkit.Tokens;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.json.JsonMapper;

/** Tests of the staged folder, run as Azure runs it, with a real PostgreSQL. */
class AzureArtifactIT {

    /** The measured 3,698 classes (Java 17, a token) and 10 % headroom. The time of a cold start follows this number. */
    private static final int MAX_CLASSES = 4_070;

    private static final String MAIN_CLASS = "com.ecommerce.orders.azure.AzureApplication";
    /** Lines of the host, and the JVM's warning about an option that the worker's own configuration has. */
    private static final Pattern HOSTS_LINE =
            Pattern.compile("(Jars in the order of|Listening on|Set) .*|.*VM warning: Options .* -noverify .*");

    private static final String ORDER =
            """
            {"currency":"EUR","items":[{"sku":"a","quantity":1,"unitPrice":100}]}""";
    private static final Tokens TOKENS = new Tokens(
            "https://issuer.example.org",
            "orders-api",
            Map.of("tenant_id", "tid", "sub", "oid", "email", "preferred_username", "scope", "scp"));
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static StagedApp app;

    @BeforeAll
    static void start() throws Exception {
        app = StagedApp.start("app", settings());
    }

    @AfterAll
    static void stop() throws Exception {
        app.close();
    }

    @TestFactory
    Stream<DynamicTest> keepsTheContract() {
        return ConformanceSuite.against(PlatformDifferences.of(Target.at(app.uri(), TOKENS, "azure")));
    }

    @Test
    void respondsToFortyRequestsAtOnceOverTenConnections() {
        assertAllAnswered(sendForty(app));
    }

    @Test
    void servesThirtyLargeBodiesAtOnce() {
        assertThat(LargeBodies.send(app.uri(), TOKENS)).isSubsetOf(200, 429).contains(200);
    }

    /** Without the setting MAIN_CLASS of the template, the manifest of the jar names the main class. */
    @Test
    void startsOnceForFortyRequestsAtOnce() throws Exception {
        Map<String, String> settings = settings();
        settings.remove("MAIN_CLASS");
        try (StagedApp cold = StagedApp.start("cold", settings)) {
            assertAllAnswered(sendForty(cold));
            assertThat(cold.log()).containsOnlyOnce("SOURCE: class " + MAIN_CLASS);
        }
    }

    @Test
    void loadsFewClassesForTheFirstResponse() throws Exception {
        Path log = Path.of("target/azure-first-order-classes.log");
        Files.deleteIfExists(log);
        Map<String, String> settings = settings();
        settings.put("JAVA_TOOL_OPTIONS", "-Xlog:class+load:file=" + log.toAbsolutePath());
        try (StagedApp cold = StagedApp.start("classes", settings)) {
            assertThat(CLIENT.send(create(cold, "first").build(), BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(201);
            long count = StagedApp.classesIn(log);
            System.out.printf("First order, Azure, Java %s: %d classes%n", System.getProperty("java.version"), count);
            assertThat(count).isLessThanOrEqualTo(MAX_CLASSES);
            assertThat(LoadedClasses.ofOtherFeatures(log)).isEmpty();
            assertThat(Files.readString(log)).doesNotContain("io.opentelemetry", "io.micrometer.core");
        }
    }

    @Test
    void letsThePlatformRefuseAnUndeclaredMethod() throws Exception {
        HttpResponse<String> undeclared = CLIENT.send(
                get(app, "/orders").method("PROPFIND", BodyPublishers.noBody()).build(), BodyHandlers.ofString());

        assertThat(undeclared.statusCode()).isEqualTo(404);
        assertThat(undeclared.body()).isEmpty();
    }

    @Test
    void writesJsonWithoutACharset() throws Exception {
        HttpResponse<String> answer = CLIENT.send(create(app, "charset").build(), BodyHandlers.ofString());

        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    }

    @Test
    void ignoresAForgedPrincipalInJwtMode() throws Exception {
        assertThat(status(get(app, "/orders").header("X-MS-CLIENT-PRINCIPAL", principal("acme"))))
                .isEqualTo(401);
    }

    /** The locale is C, in which a JVM before 18 writes ASCII only. */
    @Test
    void logsEachRequestAsFields() throws Exception {
        String tenant = "gelöscht 😀";
        LoggedOrder.place(app.uri(), tenant, token(tenant)).assertLoggedWithNumbersIn(app.log(), "traceId");
    }

    @Test
    void logsJsonExceptForALineThatTheLibraryPrints() throws Exception {
        try (StagedApp fresh = StagedApp.start("json", settings())) {
            assertThat(status(create(fresh, "json"))).isEqualTo(201);
            assertThat(fresh.log()
                            .lines()
                            .filter(line -> !line.startsWith("{")
                                    && !HOSTS_LINE.matcher(line).matches()))
                    .containsExactly("======> SOURCE: class " + MAIN_CLASS);
        }
    }

    @Test
    void logsNoTokenAndNoBody() throws Exception {
        String token = token("quiet");
        CLIENT.send(
                get(app, "/orders").header("Authorization", "Bearer " + token).build(), BodyHandlers.ofString());

        assertThat(app.log()).doesNotContain(token).doesNotContain("unitPrice");
    }

    @Test
    void trustsThePrincipalInGatewayModeIfEasyAuthIsOn() throws Exception {
        try (StagedApp gateway = StagedApp.start("gateway", gateway(Map.of("WEBSITE_AUTH_ENABLED", "True")))) {
            assertThat(status(get(gateway, "/orders").header("X-MS-CLIENT-PRINCIPAL", principal("acme"))))
                    .isEqualTo(200);
            assertThat(status(get(gateway, "/orders").header("X-MS-CLIENT-PRINCIPAL", principal("stranger"))))
                    .isEqualTo(401);
            assertThat(status(get(gateway, "/orders").header("X-MS-CLIENT-PRINCIPAL", "e30")))
                    .isEqualTo(401);
            assertThat(status(get(gateway, "/orders"))).isEqualTo(401);
        }
    }

    @Test
    void trustsNoPrincipalIfEasyAuthIsOff() throws Exception {
        try (StagedApp open = StagedApp.start("gateway-open", gateway(Map.of()))) {
            assertThat(status(get(open, "/orders").header("X-MS-CLIENT-PRINCIPAL", principal("acme"))))
                    .isEqualTo(401);
        }
    }

    @Test
    void namesAMissingSettingAndRecoversWhenItIsSet() throws Exception {
        Map<String, String> settings = settings();
        String url = settings.remove("DB_URL");
        settings.put("DB_PASSWORD", "@Microsoft.KeyVault(SecretUri=https://vault.example.org/secrets/password)");
        try (StagedApp incomplete = StagedApp.start("setting", settings)) {
            HttpResponse<String> refused =
                    CLIENT.send(create(incomplete, "late").build(), BodyHandlers.ofString());

            assertThat(refused.statusCode()).isEqualTo(500);
            assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(incomplete.log())
                    .contains("The setting DB_USER has no effect without DB_URL. Remove DB_USER or set DB_URL")
                    .contains(refused.headers().firstValue("X-Request-Id").orElseThrow())
                    .doesNotContain("\tat ");

            incomplete.set("DB_URL", url);
            assertThat(status(create(incomplete, "late"))).isEqualTo(500);
            assertThat(incomplete.log()).contains("DB_PASSWORD is a Key Vault reference that was not resolved");

            incomplete.set("DB_PASSWORD", TestDatabase.PASSWORD);
            assertThat(status(create(incomplete, "late"))).isEqualTo(201);
        }
    }

    @Test
    void refusesAllRequestsWithADangerousSetting() throws Exception {
        Map<String, String> settings = gateway(Map.of("WEBSITE_AUTH_ENABLED", "True"));
        settings.put("ORDERS_IDENTITY_TENANT_ALLOWED", settings.remove("ORDERS_IDENTITY_TENANTS_ALLOWED"));
        try (StagedApp misspelled = StagedApp.start("misspelled", settings)) {
            assertThat(status(get(misspelled, "/orders").header("X-MS-CLIENT-PRINCIPAL", principal("acme"))))
                    .isEqualTo(500);
            assertThat(misspelled.log())
                    .contains("The setting ORDERS_IDENTITY_TENANT_ALLOWED is unknown; the nearest one is"
                            + " ORDERS_IDENTITY_TENANTS_ALLOWED")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void isUnavailableWhileTheDatabaseIsDownAndRecovers() throws Exception {
        int port = freePort();
        URI database = URI.create(TestDatabase.get().url().substring("jdbc:".length()));
        Map<String, String> settings = settings();
        settings.put("DB_URL", "jdbc:postgresql://127.0.0.1:" + port + database.getPath());
        try (StagedApp alone = StagedApp.start("database", settings)) {
            HttpResponse<String> refused = CLIENT.send(create(alone, "down").build(), BodyHandlers.ofString());

            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            assertThat(alone.log()).contains("The database can't serve now");
            assertThat(status(get(alone, "/health"))).isEqualTo(200);

            try (Tunnel tunnel = Tunnel.open(port, database.getPort())) {
                assertThat(status(create(alone, "down"))).isEqualTo(201);
            }
        }
    }

    /** Sends each request for another tenant, because one tenant may not hold all connections. */
    private static List<HttpResponse<String>> sendForty(StagedApp app) {
        List<CompletableFuture<HttpResponse<String>>> sent = IntStream.range(0, 40)
                .mapToObj(i -> CLIENT.sendAsync(create(app, "forty-" + i).build(), BodyHandlers.ofString()))
                .toList();
        return sent.stream().map(CompletableFuture::join).toList();
    }

    private static void assertAllAnswered(List<HttpResponse<String>> answers) {
        assertThat(answers).hasSize(40).allSatisfy(answer -> {
            assertThat(answer.statusCode()).isIn(201, 503);
            assertThat(answer.headers().firstValue("Retry-After").isPresent()).isEqualTo(answer.statusCode() == 503);
        });
        assertThat(answers).extracting(HttpResponse::statusCode).contains(201);
        System.out.println("Of 40 at once: "
                + answers.stream().collect(Collectors.groupingBy(HttpResponse::statusCode, Collectors.counting())));
    }

    @Test
    void logsInToTheDatabaseWithATokenOfItsManagedIdentity() throws Exception {
        assumeTrue(System.getenv("DB_URL") == null, "Needs the embedded PostgreSQL");
        String token = "token-of-the-managed-identity";
        askForAPassword("orders_identity", token);
        Map<String, String> settings = settings();
        settings.remove("DB_PASSWORD");
        settings.put("DB_USER", "orders_identity");
        settings.put("DB_URL", TestDatabase.get().url() + "?" + templatesLoginOptions() + "&azure.clientId=" + token);
        try (ManagedIdentity identity = ManagedIdentity.withToken(token)) {
            settings.putAll(identity.environment());
            try (StagedApp passwordless = StagedApp.start("passwordless", settings)) {
                int status = statusOnceLoggedIn(create(passwordless, "entra"));
                assertThat(status).as(passwordless.log()).isEqualTo(201);
                assertThat(passwordless.log()).doesNotContain(token);
            }
        }
    }

    /** Waits for the first login, which may take longer than a request waits. The login continues between the requests. */
    private static int statusOnceLoggedIn(HttpRequest.Builder request) throws Exception {
        int status = status(request);
        for (int attempt = 1; attempt < 12 && status == 503; attempt++) {
            status = status(request);
        }
        return status;
    }

    /** Returns the template's options for the login. They include a longer timeout, because a cold JVM needs seconds for a token. */
    private static String templatesLoginOptions() {
        return new JsonMapper()
                .readTree(Path.of("azure/azuredeploy.json"))
                .path("variables")
                .path("loginOptions")
                .stringValue();
    }

    /** Creates a role with the rights of the API's role. Its login needs a password. */
    private static void askForAPassword(String role, String password) throws SQLException {
        try (Connection superuser =
                        DriverManager.getConnection(TestDatabase.get().url(), "postgres", "");
                Statement statement = superuser.createStatement()) {
            statement.execute(
                    "CREATE ROLE " + role + " LOGIN PASSWORD '" + password + "' IN ROLE " + TestDatabase.USER);
            ResultSet file = statement.executeQuery("SELECT setting FROM pg_settings WHERE name = 'hba_file'");
            file.next();
            statement.execute("COPY (VALUES ('host all " + role + " all password'), ('host all all all trust'),"
                    + " ('local all all trust')) TO '" + file.getString(1) + "'");
            statement.execute("SELECT pg_reload_conf()");
        }
    }

    static Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(TestDatabase.get().settings());
        settings.put("MAIN_CLASS", MAIN_CLASS);
        settings.put("DB_POOL_SIZE", "10");
        settings.putAll(TOKENS.settings());
        return settings;
    }

    private static Map<String, String> gateway(Map<String, String> more) {
        Map<String, String> settings = settings();
        settings.put("ORDERS_IDENTITY_MODE", "gateway");
        settings.put("ORDERS_IDENTITY_TENANTS_ALLOWED", "acme");
        settings.putAll(more);
        return settings;
    }

    private static HttpRequest.Builder create(StagedApp app, String tenant) {
        return get(app, "/orders")
                .header("Authorization", "Bearer " + token(tenant))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(ORDER));
    }

    private static HttpRequest.Builder get(StagedApp app, String path) {
        return HttpRequest.newBuilder(app.uri().resolve(path)).timeout(Duration.ofSeconds(30));
    }

    private static int status(HttpRequest.Builder request) throws IOException, InterruptedException {
        return CLIENT.send(request.build(), BodyHandlers.ofString()).statusCode();
    }

    private static String token(String tenant) {
        return TOKENS.mint(Map.of(
                "tenant_id",
                tenant,
                "sub",
                "alice",
                "scope",
                "orders:read orders:write payments:write fulfillments:write"));
    }

    private static String principal(String tenant) {
        String json =
                """
                {"auth_typ":"aad","name_typ":"name","role_typ":"roles","claims":[
                {"typ":"http://schemas.microsoft.com/identity/claims/tenantid","val":"%s"},
                {"typ":"http://schemas.microsoft.com/identity/claims/objectidentifier","val":"alice"},
                {"typ":"roles","val":"orders:read"},{"typ":"roles","val":"orders:write"},
                {"typ":"roles","val":"payments:write"},{"typ":"roles","val":"fulfillments:write"}]}"""
                        .formatted(tenant);
        return Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
