package com.ecommerce.orders.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.aws.testkit.LambdaProcess;
import com.ecommerce.orders.aws.testkit.RuntimeApi;
import com.ecommerce.orders.testkit.LoadedClasses;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests of the life of an instance on Lambda: cold starts, freezes, snapshots and foreign events. */
class AwsLifecycleIT {

    /** The measured 4,014 classes (Java 17) and 10 % headroom. The time of a cold start follows this number. */
    private static final int MAX_CLASSES = 4_420;

    /** The JVM's warning about the native library that Amazon's runtime client loads. */
    private static final Pattern RUNTIME_CLIENTS = Pattern.compile("^(WARNING: .*)?$");

    @TempDir
    private static Path root;

    @BeforeAll
    static void unzip() throws Exception {
        Artifact.unzip(root);
    }

    @Test
    void loadsFewClassesForTheFirstResponse(@TempDir Path directory) throws Exception {
        Path classes = directory.resolve("classes.log");
        long start = System.nanoTime();
        try (RuntimeApi api = new RuntimeApi();
                LambdaProcess function =
                        LambdaProcess.behindAGateway(root, api, Map.of(), "-Xlog:class+load:file=" + classes)) {
            assertThat(Calls.status(api.invoke(Calls.CREATE))).isEqualTo(201);
            long millis = (System.nanoTime() - start) / 1_000_000;
            long count = LambdaProcess.classesIn(classes);
            System.out.printf(
                    "First createOrder, Java %s: %d classes, %d ms, CPU %d ms%n",
                    System.getProperty("java.version"), count, millis, function.cpuMillis());
            assertThat(count).isLessThanOrEqualTo(MAX_CLASSES);
            assertThat(LoadedClasses.ofOtherFeatures(classes)).isEmpty();
        }
    }

    @Test
    void printsOnlyJsonLines() throws Exception {
        try (RuntimeApi api = new RuntimeApi();
                LambdaProcess function = LambdaProcess.behindAGateway(root, api, Map.of())) {
            assertThat(Calls.status(api.invoke(Calls.CREATE))).isEqualTo(201);
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
    void namesAWrongSettingInOneJsonLine() throws Exception {
        try (RuntimeApi api = new RuntimeApi();
                LambdaProcess function = LambdaProcess.behindAGateway(root, api, Map.of("DB_URL", "orders"))) {
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
    void startsAndRespondsWithoutADatabase() throws Exception {
        try (RuntimeApi api = new RuntimeApi();
                LambdaProcess function = LambdaProcess.behindAGateway(
                        root, api, Map.of("DB_URL", "jdbc:postgresql://127.0.0.1:9/orders"))) {
            assertThat(Calls.status(api.invoke(Calls.request("GET", "/health", 1))))
                    .isEqualTo(200);
            assertThat(Calls.status(api.invoke(Calls.CREATE))).isEqualTo(503);
            assertThat(function.isAlive()).isTrue();
        }
    }

    @Test
    void servesAfterAFreezeThatCutItsConnections() throws Exception {
        try (RuntimeApi api = new RuntimeApi();
                LambdaProcess function = LambdaProcess.behindAGateway(root, api, Map.of())) {
            for (int i = 0; i < 3; i++) {
                assertThat(Calls.status(api.invoke(Calls.CREATE))).isEqualTo(201);
                function.freeze();
                assertThat(Database.cutConnections()).isEqualTo(1);
                Thread.sleep(500);
                function.thaw();
                assertThat(Calls.status(api.invoke(i == 1 ? Calls.request("GET", "/orders", 1) : Calls.CREATE)))
                        .isLessThan(300);
            }
            assertThat(function.log()).doesNotContain("\"level\":\"ERROR\"");
        }
    }

    @Test
    void refusesEventsThatAreNoRequestsAndKeepsRunning() throws Exception {
        try (RuntimeApi api = new RuntimeApi();
                LambdaProcess function = LambdaProcess.behindAGateway(root, api, Map.of())) {
            for (String event : List.of("", "{}", "null", "{\"Records\":[{\"body\":\"{}\"}]}", "{")) {
                assertThat(Calls.status(api.invoke(event.getBytes(StandardCharsets.UTF_8))))
                        .as(event)
                        .isEqualTo(400);
            }
            assertThat(Calls.status(api.invoke(Calls.request("POST", "/orders", 6_000_000))))
                    .isEqualTo(413);
            byte[] deep = "[".repeat(100_000).getBytes(StandardCharsets.UTF_8);
            assertThat(Calls.status(api.invoke(deep))).isEqualTo(400);
            assertThat(Calls.status(api.invoke(Calls.CREATE))).isEqualTo(201);
            assertThat(function.isAlive()).isTrue();
        }
    }

    @Test
    void sharesNoConnectionsAndIdsAfterARestore() throws Exception {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 2; i++) {
            try (RuntimeApi api = new RuntimeApi();
                    LambdaProcess function =
                            LambdaProcess.behindAGateway(root, api, LambdaProcess.snapStarted(Map.of()))) {
                api.awaitCheckpoint();
                assertThat(Database.connections()).isZero();
                api.restore();
                for (int order = 0; order < 20; order++) {
                    JsonNode answer = JsonMapper.shared().readTree(api.invoke(Calls.CREATE));
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
    void createsASnapshotWithoutADatabase() throws Exception {
        try (RuntimeApi api = new RuntimeApi();
                LambdaProcess function = LambdaProcess.behindAGateway(
                        root,
                        api,
                        LambdaProcess.snapStarted(Map.of("DB_URL", "jdbc:postgresql://127.0.0.1:9/orders")))) {
            api.awaitCheckpoint();
            assertThat(function.log()).contains("The snapshot is made without a primed database");
            api.restore();
            assertThat(Calls.status(api.invoke(Calls.request("GET", "/health", 1))))
                    .isEqualTo(200);
            assertThat(Calls.status(api.invoke(Calls.CREATE))).isEqualTo(503);
            assertThat(function.isAlive()).isTrue();
        }
    }
}
