package com.ecommerce.orders.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.ecommerce.orders.local.testkit.LocalServer;
import com.ecommerce.orders.testkit.TestDatabase;
import com.ecommerce.orders.testkit.Tokens;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that start the API in separate processes with a data directory that can't be used. */
class DataDirectoryTest {

    private static final String GREETING = "The order API listens on";

    @TempDir
    Path folder;

    private Path readOnly;

    @BeforeEach
    void createReadOnlyFolder() throws IOException {
        readOnly = Files.createDirectory(folder.resolve("read-only"));
        Files.setPosixFilePermissions(readOnly, PosixFilePermissions.fromString("r-xr-xr-x"));
        Files.createFile(folder.resolve("file"));
    }

    @AfterEach
    void makeTheFolderWritable() throws IOException {
        Files.setPosixFilePermissions(readOnly, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void needsNoDirectoryIfADatabaseAndAnIssuerAreSet() throws Exception {
        Tokens tokens = new Tokens();
        Map<String, String> settings = new HashMap<>(TestDatabase.get().settings());
        settings.put("ORDERS_IDENTITY_JWT_ISSUER", tokens.issuer());
        settings.put("ORDERS_IDENTITY_JWT_AUDIENCE", tokens.audience());
        settings.put("ORDERS_IDENTITY_JWT_JWKSET", tokens.jwkSetJson());
        settings.put("HOST", "127.0.0.1");

        assertThat(start(restricted(), settings)).contains(GREETING);
        try (Stream<Path> files = Files.list(readOnly)) {
            assertThat(files).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "below/it", "../file", "../file/below"})
    void saysInOneLineThatTheDevelopmentKeyCanNotBeStored(String directory) throws Exception {
        Map<String, String> settings = new HashMap<>(TestDatabase.get().settings());
        settings.put("ORDERS_DATA_DIR", directory);

        assertNotStarted(start(restricted(), settings));
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "../file"})
    void saysInOneLineThatTheEmbeddedDatabaseCanNotBeStored(String directory) throws Exception {
        assertNotStarted(start(
                restricted(),
                Map.of(
                        "ORDERS_DATA_DIR",
                        directory,
                        "ORDERS_IDENTITY_JWT_ISSUER",
                        "https://issuer.example.org",
                        "ORDERS_IDENTITY_JWT_AUDIENCE",
                        "orders-api",
                        "ORDERS_IDENTITY_JWT_JWKSETURI",
                        "https://issuer.example.org/jwks.json")));
    }

    @Test
    void saysInOneLineThatTheDiskIsFull() throws Exception {
        List<String> namespace = DiskDrill.namespace();
        assumeThat(namespace).as("This process may mount a small disk").isNotEmpty();
        Path disk = Files.createDirectory(folder.resolve("disk"));
        List<String> mounted = new ArrayList<>(namespace);
        mounted.addAll(List.of("sh", "-c", "mount -t tmpfs -o size=4m small \"$0\" && exec \"$@\"", disk.toString()));

        assertNotStarted(start(mounted, Map.of("ORDERS_DATA_DIR", disk.toString())));
    }

    @Test
    void oneOfTwoInstancesInANewFolderServesAndTheOtherSaysWhyItStops() throws Exception {
        Map<String, String> settings =
                Map.of("ORDERS_DATA_DIR", folder.resolve("new").toString());
        Process first = process(List.of(), settings);
        Process second = process(List.of(), settings);
        try (BufferedReader firstOutput = output(first);
                BufferedReader secondOutput = output(second)) {
            // The refused process ends. The other process runs until the test stops it.
            Process refused = first.onExit()
                    .applyToEither(second.onExit(), process -> process)
                    .get();
            BufferedReader refusedOutput = refused == first ? firstOutput : secondOutput;
            assertThat(refusedOutput.lines().map(LocalServer::withoutLogPrefix))
                    .filteredOn(line -> line.startsWith("Not started: "))
                    .singleElement()
                    .asString()
                    .contains("Another instance of the API uses", "ORDERS_DATA_DIR");
            assertThat(untilGreeting(refused == first ? secondOutput : firstOutput))
                    .contains(GREETING);
        } finally {
            stop(first);
            stop(second);
        }
        try (Stream<Path> files = Files.list(folder.resolve("new"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("development-key.json", "lock", "postgres", "postgres.log");
        }
    }

    private static void assertNotStarted(String output) {
        assertThat(output).doesNotContain("\tat ", GREETING);
        assertThat(LocalServer.withoutLogPrefix(output).lines().filter(line -> line.startsWith("Not started: ")))
                .as(output)
                .singleElement()
                .asString()
                .contains("ORDERS_DATA_DIR=");
    }

    /** Returns a prefix for commands. With this prefix the rights of files also limit root. */
    private static List<String> restricted() {
        return System.getProperty("user.name").equals("root") ? List.of("unshare", "--user") : List.of();
    }

    private String start(List<String> prefix, Map<String, String> settings) throws Exception {
        Process process = process(prefix, settings);
        try (BufferedReader output = output(process)) {
            return untilGreeting(output);
        } finally {
            stop(process);
        }
    }

    /** Returns the output until the API prints its banner or ends. */
    private static String untilGreeting(BufferedReader output) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            text.append(line).append('\n');
            if (line.startsWith(GREETING)) {
                break;
            }
        }
        return text.toString();
    }

    private Process process(List<String> prefix, Map<String, String> settings) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                LocalApplication.class.getName(),
                "--spring.profiles.active=local"));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(readOnly.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("DB_") || name.startsWith("ORDERS_"));
        builder.environment().put("PORT", "0");
        builder.environment().putAll(settings);
        return builder.start();
    }

    private static BufferedReader output(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    private static void stop(Process process) throws InterruptedException {
        process.destroy();
        process.waitFor();
    }
}
