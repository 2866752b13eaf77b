package com.ecommerce.orders.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.postgres.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What befalls an instance on Lambda: cold starts, freezing, snapshots, foreign events. */
class AwsLifecycleIT {

    /** What a start's time follows. Where it stands, so that it does not grow; 5,000 are the gate. */
    private static final int MAX_CLASSES = 4_150;

    /** The same with TLS, and logged in as the template has it. */
    private static final int MAX_CLASSES_OF_IAM = 5_500;

    /** What the JVM says of the native library that Amazon's runtime client loads. */
    private static final Pattern RUNTIME_CLIENTS = Pattern.compile("^(WARNING: .*)?$");

    private static final Path JDK = Path.of(System.getProperty("java.home"));

    private static final byte[] CREATE = request("POST", "/orders", 1);

    @TempDir
    private static Path root;

    @BeforeAll
    static void unzip() throws Exception {
        Artifact.unzip(root);
    }

    @Test
    void loadsFewClassesForItsFirstAnswer(@TempDir Path directory) throws Exception {
        Path classes = directory.resolve("classes.log");
        long start = System.nanoTime();
        try (RuntimeApi api = new RuntimeApi();
                LambdaProcess function = start(api, Map.of(), "-Xlog:class+load:file=" + classes)) {
            assertThat(status(api.invoke(CREATE))).isEqualTo(201);
            long millis = (System.nanoTime() - start) / 1_000_000;
            long count = count(classes);
            System.out.printf(
                    "First createOrder, Java %s: %d classes, %d ms, CPU %d ms%n",
                    System.getProperty("java.version"), count, millis, function.cpuMillis());
            assertThat(count).isLessThanOrEqualTo(MAX_CLASSES);
        }
    }

    @Test
    void printsNothingButJsonLines() throws Exception {
        try (RuntimeApi api = new RuntimeApi();
                LambdaProcess function = start(api, Map.of())) {
            assertThat(status(api.invoke(CREATE))).isEqualTo(201);
            assertThat(function.log().lines())
                    .filteredOn(line -> !RUNTIME_CLIENTS.matcher(line).find())
                    .hasSizeGreaterThan(1)
                    .allSatisfy(line -> assertThat(JsonMapper.shared()
                                    .readTree(line)
                                    .path("message")
                                    .isString())
                            .isTrue());
        }
    }

    @Test
    void saysInOneJsonLineWhatSettingIsWrong() throws Exception {
        try (RuntimeApi api = new RuntimeApi();
                LambdaProcess function = start(api, Map.of("DB_URL", "orders"))) {
            function.awaitEnd();
            assertThat(function.log().lines())
                    .filteredOn(line -> line.contains("\"level\":\"ERROR\""))
                    .singleElement()
                    .satisfies(line -> assertThat(JsonMapper.shared()
                                    .readTree(line)
                                    .path("message")
                                    .stringValue())
                            .startsWith("Not started: ")
                            .contains("DB_URL"));
        }
    }

    @Test
    void startsAndAnswersWithoutADatabase() throws Exception {
        try (RuntimeApi api = new RuntimeApi();
                LambdaProcess function = start(api, Map.of("DB_URL", "jdbc:postgresql://127.0.0.1:9/orders"))) {
            assertThat(status(api.invoke(request("GET", "/health", 1)))).isEqualTo(200);
            assertThat(status(api.invoke(CREATE))).isEqualTo(503);
            assertThat(function.isAlive()).isTrue();
        }
    }

    @Test
    void logsInByATokenOfIam(@TempDir Path directory) throws Exception {
        Path classes = directory.resolve("classes.log");
        Certificates certificates = new Certificates(directory);
        try (RdsProxy proxy = new RdsProxy(certificates, true);
                RuntimeApi api = new RuntimeApi();
                LambdaProcess function = start(
                        api,
                        login(TemplateUrl.iam(proxy), RdsProxy.CREDENTIALS),
                        certificates.trustedBy(JDK),
                        "-Xlog:class+load:file=" + classes)) {
            assertThat(status(api.invoke(CREATE))).as(function.log()).isEqualTo(201);
            assertThat(proxy.logins()).isPositive();
            System.out.printf("The same with TLS and a token of IAM: %d classes%n", count(classes));
            assertThat(count(classes)).isLessThanOrEqualTo(MAX_CLASSES_OF_IAM);
        }
    }

    @Test
    void isLetInByNoOthersToken(@TempDir Path directory) throws Exception {
        Certificates certificates = new Certificates(directory);
        Map<String, String> credentials = new HashMap<>(RdsProxy.CREDENTIALS);
        credentials.put("AWS_SECRET_ACCESS_KEY", "another");
        try (RdsProxy proxy = new RdsProxy(certificates, true);
                RuntimeApi api = new RuntimeApi();
                LambdaProcess function =
                        start(api, login(TemplateUrl.iam(proxy), credentials), certificates.trustedBy(JDK))) {
            assertThat(status(api.invoke(CREATE))).isEqualTo(503);
            assertThat(function.log()).contains("PAM authentication failed").doesNotContain("X-Amz-Signature");
        }
    }

    @Test
    void speaksToNoServerWhoseCertificateItDoesNotTrust(@TempDir Path directory) throws Exception {
        try (RdsProxy proxy = new RdsProxy(new Certificates(directory), true);
                RuntimeApi api = new RuntimeApi();
                LambdaProcess function = start(api, login(TemplateUrl.iam(proxy), RdsProxy.CREDENTIALS))) {
            assertThat(status(api.invoke(CREATE))).isEqualTo(503);
            assertThat(function.log()).contains("PKIX path building failed");
            assertThat(proxy.logins()).isZero();
        }
    }

    /** The other login of the template; the endpoint of Secrets Manager is the only thing that differs there. */
    @Test
    void logsInByASecretThatItReadsAtRunTime(@TempDir Path directory) throws Exception {
        PasswordRole.create();
        Certificates certificates = new Certificates(directory);
        try (RdsProxy proxy = new RdsProxy(certificates, false);
                SecretsManager secrets = new SecretsManager(certificates, PasswordRole.USER, PasswordRole.PASSWORD);
                RuntimeApi api = new RuntimeApi();
                LambdaProcess function = start(api, bySecret(proxy, secrets), certificates.trustedBy(JDK))) {
            assertThat(status(api.invoke(CREATE))).as(function.log()).isEqualTo(201);
            int reads = secrets.reads();
            assertThat(status(api.invoke(CREATE))).isEqualTo(201);
            assertThat(reads).isPositive().isEqualTo(secrets.reads());
        }
    }

    @Test
    void goesOnAfterFreezingWithItsConnectionsCut() throws Exception {
        try (RuntimeApi api = new RuntimeApi();
                LambdaProcess function = start(api, Map.of())) {
            for (int i = 0; i < 3; i++) {
                assertThat(status(api.invoke(CREATE))).isEqualTo(201);
                function.freeze();
                assertThat(cutConnections()).isEqualTo(1);
                Thread.sleep(500);
                function.thaw();
                assertThat(status(api.invoke(i == 1 ? request("GET", "/orders", 1) : CREATE)))
                        .isLessThan(300);
            }
            assertThat(function.log()).doesNotContain("\"level\":\"ERROR\"");
        }
    }

    @Test
    void outlivesWhatIsNoRequest() throws Exception {
        try (RuntimeApi api = new RuntimeApi();
                LambdaProcess function = start(api, Map.of())) {
            for (String event : List.of("", "{}", "null", "{\"Records\":[{\"body\":\"{}\"}]}", "{")) {
                assertThat(status(api.invoke(event.getBytes(StandardCharsets.UTF_8))))
                        .as(event)
                        .isEqualTo(400);
            }
            assertThat(status(api.invoke(request("POST", "/orders", 6_000_000))))
                    .isEqualTo(413);
            byte[] deep = ("[".repeat(100_000)).getBytes(StandardCharsets.UTF_8);
            assertThat(status(api.invoke(deep))).isEqualTo(400);
            assertThat(status(api.invoke(CREATE))).isEqualTo(201);
            assertThat(function.isAlive()).isTrue();
        }
    }

    @Test
    void goesOnFromASnapshotWithNothingOfTheOldWorld() throws Exception {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 2; i++) {
            try (RuntimeApi api = new RuntimeApi();
                    LambdaProcess function = start(api, snapshot(Map.of()))) {
                api.awaitCheckpoint();
                assertThat(connections()).isZero();
                api.restore();
                for (int order = 0; order < 20; order++) {
                    JsonNode answer = JsonMapper.shared().readTree(api.invoke(CREATE));
                    assertThat(answer.path("statusCode").intValue())
                            .as(function.log())
                            .isEqualTo(201);
                    assertThat(ids.add(answer.path("headers").path("Location").stringValue()))
                            .isTrue();
                }
                assertThat(function.log()).doesNotContain("\"level\":\"WARN\"", "\"level\":\"ERROR\"");
            }
        }
    }

    @Test
    void logsInAnewFromASnapshot(@TempDir Path directory) throws Exception {
        Certificates certificates = new Certificates(directory);
        try (RdsProxy proxy = new RdsProxy(certificates, true);
                CredentialsEndpoint credentials = new CredentialsEndpoint();
                RuntimeApi api = new RuntimeApi();
                LambdaProcess function = start(
                        api,
                        snapshot(login(TemplateUrl.iam(proxy), credentials.settings())),
                        certificates.trustedBy(JDK))) {
            api.awaitCheckpoint();
            assertThat(proxy.logins()).as(function.log()).isPositive();
            int reads = credentials.reads();
            int resumed = proxy.resumed();
            assertThat(connections()).isZero();
            api.restore();
            assertThat(status(api.invoke(CREATE))).as(function.log()).isEqualTo(201);
            assertThat(credentials.reads()).isGreaterThan(reads);
            assertThat(proxy.resumed()).isEqualTo(resumed);
        }
    }

    @Test
    void makesASnapshotWithoutADatabase() throws Exception {
        try (RuntimeApi api = new RuntimeApi();
                LambdaProcess function =
                        start(api, snapshot(Map.of("DB_URL", "jdbc:postgresql://127.0.0.1:9/orders")))) {
            api.awaitCheckpoint();
            api.restore();
            assertThat(status(api.invoke(request("GET", "/health", 1)))).isEqualTo(200);
            assertThat(status(api.invoke(CREATE))).isEqualTo(503);
            assertThat(function.isAlive()).isTrue();
        }
    }

    private static Map<String, String> snapshot(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
        return all;
    }

    private static Map<String, String> login(String url, Map<String, String> credentials) {
        Map<String, String> settings = new HashMap<>(credentials);
        settings.put("AWS_REGION", RdsProxy.REGION);
        settings.put("DB_URL", url);
        return settings;
    }

    private static Map<String, String> bySecret(RdsProxy proxy, SecretsManager secrets) throws Exception {
        Map<String, String> settings = login(TemplateUrl.secret(proxy), RdsProxy.CREDENTIALS);
        settings.put("DB_USER", PasswordRole.USER);
        settings.put("AWS_ENDPOINT_URL_SECRETS_MANAGER", secrets.uri());
        return settings;
    }

    private static LambdaProcess start(RuntimeApi api, Map<String, String> more, String... options) throws Exception {
        Map<String, String> settings = new HashMap<>(Database.settings());
        settings.put("ORDERS_IDENTITY_MODE", "gateway");
        if (more.containsKey("AWS_REGION")) {
            settings.remove("DB_PASSWORD");
        }
        settings.putAll(more);
        return LambdaProcess.start(root, api, settings, options);
    }

    private static long count(Path classes) throws IOException {
        try (var lines = Files.lines(classes)) {
            return lines.filter(line -> line.contains("source:")).count();
        }
    }

    private static int cutConnections() throws SQLException {
        return ask(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'orders-api'");
    }

    private static int connections() throws SQLException {
        return ask("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'orders-api'");
    }

    private static int ask(String sql) throws SQLException {
        try (Connection connection = TestDatabase.get().connect();
                Statement statement = connection.createStatement()) {
            var rows = statement.executeQuery(sql);
            rows.next();
            return rows.getInt(1);
        }
    }

    private static int status(byte[] answer) {
        return JsonMapper.shared().readTree(answer).path("statusCode").intValue();
    }

    /** An event of payload 2.0. */
    private static byte[] request(String method, String path, int padding) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("version", "2.0");
        event.put("rawPath", path);
        event.put("rawQueryString", "");
        event.put("headers", Map.of("content-type", "application/json"));
        event.put(
                "requestContext",
                Map.of(
                        "http", Map.of("method", method),
                        "requestId", UUID.randomUUID().toString(),
                        "authorizer",
                                Map.of(
                                        "jwt",
                                        Map.of(
                                                "claims",
                                                Map.of(
                                                        "custom:tenant_id", "lifecycle",
                                                        "sub", "alice",
                                                        "scope", "orders-api/orders:read orders-api/orders:write")))));
        if (method.equals("POST")) {
            event.put(
                    "body",
                    "{\"currency\":\"EUR\",\"items\":[{\"sku\":\"A\",\"quantity\":1,\"unitPrice\":100}]"
                            + " ".repeat(padding) + "}");
        }
        return JsonMapper.shared().writeValueAsBytes(event);
    }
}
