package com.ecommerce.orders.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ecommerce.orders.conformance.LoggedOrder;
import com.ecommerce.orders.local.testkit.ApiProcess;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of the packaged jar, started as the README says. */
class LocalArtifactIT {

    private static final Path JAR = Path.of("target/ecommerce-order-api.jar");

    /** The limit of classes to the first order, because the start time depends on the number of classes. */
    private static final int MAX_CLASSES = 8_300;

    @TempDir
    Path directory;

    @Test
    void placesAnOrderAndKeepsItAfterARestart() throws Exception {
        String location;
        try (ApiProcess api = ApiProcess.startIn(directory, JAR)) {
            String order = Files.readString(Path.of("test_order.json"));
            HttpResponse<String> created = api.send("POST", "/orders", api.token(), "", "", order);
            assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
            assertThat(created.body()).contains("\"grandTotal\":6181");
            location = created.headers().firstValue("Location").orElseThrow();
        }
        try (ApiProcess api = ApiProcess.startIn(directory, JAR)) {
            assertThat(api.send("GET", location, api.token(), "", "", "").statusCode())
                    .isEqualTo(200);
            assertThat(api.send("GET", "/docs/scalar.js", "", "", "", "").statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void loadsNoMoreClassesForItsFirstOrder() throws Exception {
        Path log = directory.resolve("classes.log");
        Map<String, String> settings = Map.of("JAVA_TOOL_OPTIONS", "-Xlog:class+load:file=" + log);
        try (ApiProcess api = ApiProcess.startIn(directory, JAR, settings)) {
            String order = Files.readString(Path.of("test_order.json"));
            assertThat(api.send("POST", "/orders", api.token(), "", "", order).statusCode())
                    .isEqualTo(201);
        }
        assertThat(Files.readString(log)).doesNotContain("picocli.", "com.ecommerce.orders.cli.");
        try (Stream<String> lines = Files.lines(log)) {
            long count = lines.filter(line -> line.contains("source:")).count();
            System.out.printf("First order, local, Java %s: %d classes%n", System.getProperty("java.version"), count);
            assertThat(count).isLessThanOrEqualTo(MAX_CLASSES);
        }
    }

    @Test
    void runsACommandInsteadOfTheApi() throws Exception {
        assertThat(run("help")).startsWith("0\nUsage: java -jar ecommerce-order-api.jar");
        assertThat(run("tenant", "erasee", "acme")).startsWith("2\n").contains("Did you mean: tenant erase");
        assertThat(run("migrate")).startsWith("2\n").contains("migrate: set DB_URL, for example");
    }

    /** Returns the exit code and the output of a command. */
    private String run(String... words) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", JAR.toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("DB_"));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() + "\n" + output;
    }

    @Test
    void loadsTelemetryOnlyIfItIsSwitchedOn() throws Exception {
        Path classes = directory.resolve("classes.log");
        Map<String, String> options = Map.of("JAVA_TOOL_OPTIONS", "-Xlog:class+load:file=" + classes);
        try (ApiProcess api = ApiProcess.startIn(directory, JAR, options)) {
            String order = Files.readString(Path.of("test_order.json"));
            assertThat(api.send("POST", "/orders", api.token(), "", "", order).statusCode())
                    .isEqualTo(201);
        }
        assertThat(Files.readString(classes))
                .contains("com.ecommerce.orders.http.OrderApi ")
                .doesNotContain("io.opentelemetry", "io.micrometer.core", "io.micrometer.registry");
    }

    /** Spring Boot writes these formats, with numbers as text. */
    @ParameterizedTest
    @CsvSource({"logstash, traceId", "ecs, traceId"})
    void logsEachRequestAsFieldsIfAFormatIsSet(String format, String traceField) throws Exception {
        Map<String, String> settings = Map.of("LOGGING_STRUCTURED_FORMAT_CONSOLE", format);
        try (ApiProcess api = ApiProcess.startIn(directory, JAR, settings)) {
            LoggedOrder.place(api.uri(), "acme", api.token()).assertLoggedIn(api.log(), traceField);
        }
    }

    @Test
    void saysThatTheArtifactHasNoCacheIfOneIsSet() {
        assertThatThrownBy(() -> ApiProcess.startIn(directory, JAR, Map.of("ORDERS_CACHE_URL", "caffeine")))
                .hasMessageContaining("The setting ORDERS_CACHE_URL has no effect in this artifact");
    }

    @Test
    void doesNotStartWithADangerousSetting() {
        assertThatThrownBy(() -> ApiProcess.startIn(
                        directory, JAR, Map.of("ORDERS_IDENTITY_JWT_ISUER", "https://issuer.example.org")))
                .hasMessageContaining(
                        "Not started: The setting ORDERS_IDENTITY_JWT_ISUER is unknown; the nearest one is"
                                + " ORDERS_IDENTITY_JWT_ISSUER");
    }

    @Test
    void containsNoCloudAdaptersAndNoTests() throws Exception {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            List<String> names = jar.stream().map(ZipEntry::getName).toList();

            assertThat(names).anyMatch(name -> name.contains("com/ecommerce/orders/local/LocalHandler"));
            assertThat(names)
                    .noneMatch(name -> name.contains("com/ecommerce/orders/aws/")
                            || name.contains("com/ecommerce/orders/azure/")
                            || name.contains("com/ecommerce/orders/gcp/")
                            || name.contains("application-aws")
                            || name.contains("application-azure")
                            || name.contains("application-gcp")
                            || name.contains("junit")
                            || name.endsWith("Test.class"));
        }
    }
}
