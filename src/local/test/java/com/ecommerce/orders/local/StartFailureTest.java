package com.ecommerce.orders.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.ecommerce.orders.local.testkit.LocalServer;
import com.ecommerce.orders.settings.SettingException;
import com.ecommerce.orders.testkit.TestDatabase;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Tests that a failed start prints one line with the cause and what to do. */
@ExtendWith(OutputCaptureExtension.class)
@NullUnmarked
class StartFailureTest {

    private static final String ROLE = "role_" + UUID.randomUUID().toString().substring(0, 8);

    /** A pattern of lines of the log and of a stack trace. */
    private static final String LOGGED = "(WARN|ERROR) +\\w+:|\tat ";

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jdbc:postgresql://localhost:1/orders | No PostgreSQL listens at localhost:1. Start it, or correct DB_URL",
                "jdbc:postgresql://no-such-host.invalid/orders | The host name of no-such-host.invalid:5432 is unknown.",
                "$/missing | There is no database missing at localhost:$. Create it, or correct the name",
                "$/postgres | The database postgres at localhost:$ is not migrated. Run scripts/migrate.sh",
                "$/orders?sslmode=require | localhost:$ can't be used: * Correct sslmode in DB_URL",
            })
    void namesTheMistakeInTheDatabaseUrl(String url, String message, CapturedOutput output) {
        String port = TestDatabase.get().url().replaceAll(".*:([0-9]+)/.*", "$1");
        String address = url.startsWith("$") ? "jdbc:postgresql://localhost:" + port + url.substring(1) : url;

        String[] parts = message.replace("$", port).split("\\*");
        assertThat(failure(Map.of("DB_URL", address)))
                .startsWith(parts[0].strip())
                .contains(parts);
        assertThat(output.getAll()).doesNotContainPattern(LOGGED);
    }

    @Test
    void namesARoleThatMayNotLogIn(CapturedOutput output) {
        assertThat(failure(Map.of("DB_USER", "nobody_" + ROLE)))
                .contains("does not let the role nobody_" + ROLE + " in: ", "Correct DB_USER");
        assertThat(output.getAll()).doesNotContainPattern(LOGGED);
    }

    @Test
    void namesARoleWithoutRights(CapturedOutput output) throws Exception {
        try (Connection superuser = TestDatabase.get().connectAsSuperuser();
                Statement statement = superuser.createStatement()) {
            statement.execute("CREATE ROLE " + ROLE + " LOGIN");
            try {
                assertThat(failure(Map.of("DB_USER", ROLE)))
                        .startsWith("The role " + ROLE + " may not use the database orders at localhost:")
                        .contains("permission denied", "Run scripts/migrate.sh with DB_USER=" + ROLE);
            } finally {
                statement.execute("DROP ROLE " + ROLE);
            }
        }
        assertThat(output.getAll()).doesNotContainPattern(LOGGED);
    }

    @Test
    void namesAWrongOrMissingPassword(CapturedOutput output) throws Exception {
        try (Connection superuser = TestDatabase.get().connectAsSuperuser();
                Statement statement = superuser.createStatement()) {
            Path rules = Path.of(value(statement, "SHOW hba_file"));
            String before = Files.readString(rules);
            statement.execute("CREATE ROLE " + ROLE + " LOGIN PASSWORD 'right'");
            try {
                Files.writeString(rules, "host all " + ROLE + " all scram-sha-256\n" + before);
                value(statement, "SELECT pg_reload_conf()");
                assertThat(failure(Map.of("DB_USER", ROLE, "DB_PASSWORD", "a-secret")))
                        .endsWith(" refuses the password of the role " + ROLE + ". Correct DB_USER and DB_PASSWORD")
                        .doesNotContain("a-secret");
                Map<String, String> without = new HashMap<>(TestDatabase.get().settings());
                without.remove("DB_PASSWORD");
                without.put("DB_USER", ROLE);
                assertThat(failureOf(without)).endsWith(" asks the role " + ROLE + " for a password. Set DB_PASSWORD");
            } finally {
                Files.writeString(rules, before);
                value(statement, "SELECT pg_reload_conf()");
                statement.execute("DROP ROLE " + ROLE);
            }
        }
        assertThat(output.getAll()).doesNotContainPattern(LOGGED);
    }

    @Test
    void namesTlsThatFails(CapturedOutput output) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread answering = new Thread(() -> promiseTls(server));
            answering.setDaemon(true);
            answering.start();
            String url = "jdbc:postgresql://localhost:" + server.getLocalPort() + "/orders?sslmode=require";

            assertThat(failure(Map.of("DB_URL", url)))
                    .startsWith("TLS to localhost:" + server.getLocalPort() + " failed: ")
                    .contains("Correct sslmode and sslrootcert in DB_URL");
        }
        assertThat(output.getAll()).doesNotContainPattern(LOGGED);
    }

    /** Accepts TLS and then sends other bytes. */
    private static void promiseTls(ServerSocket server) {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                InputStream in = client.getInputStream();
                OutputStream out = client.getOutputStream();
                in.readNBytes(8);
                out.write('S');
                out.flush();
                in.read();
                out.write("no TLS at all".getBytes(StandardCharsets.US_ASCII));
            } catch (Exception ended) {
                // The client or the test has closed the connection.
            }
        }
    }

    @Test
    void reportsATakenPortInOneLineWithExitCodeOne() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Map<String, String> settings = new HashMap<>(TestDatabase.get().settings());
            settings.put("PORT", Integer.toString(taken.getLocalPort()));
            assertThat(output(settings))
                    .isEqualTo("Not started: The port " + taken.getLocalPort()
                            + " is in use. Stop the program that has it, or name another port, for example PORT=8080\n"
                            + "exit code 1");
        }
    }

    @Test
    void reportsAMissingDatabaseServerInOneLineWithExitCodeOne() throws Exception {
        Map<String, String> settings = new HashMap<>(TestDatabase.get().settings());
        settings.put("DB_URL", "jdbc:postgresql://localhost:1/orders");
        settings.put("PORT", "0");
        assertThat(output(settings))
                .isEqualTo("Not started: No PostgreSQL listens at localhost:1. Start it, or correct DB_URL, for example"
                        + " DB_URL=jdbc:postgresql://localhost:5432/orders\nexit code 1");
    }

    private String output(Map<String, String> settings) throws Exception {
        ProcessBuilder program = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "com.ecommerce.orders.local.LocalApplication",
                "--spring.profiles.active=local"));
        program.environment().keySet().removeIf(name -> name.startsWith("DB_") || name.startsWith("ORDERS_"));
        program.environment().putAll(settings);
        program.environment().put("ORDERS_DATA_DIR", directory.toString());
        Process process = program.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return LocalServer.withoutLogPrefix(output) + "exit code " + process.waitFor();
    }

    private String failure(Map<String, String> changed) {
        Map<String, String> settings = new HashMap<>(TestDatabase.get().settings());
        settings.putAll(changed);
        return failureOf(settings);
    }

    private String failureOf(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("ORDERS_DATA_DIR", directory.toString());
        SettingException failure = catchThrowableOfType(
                SettingException.class, () -> LocalServer.start(all).close());
        assertThat(failure).isNotNull();
        return failure.getMessage();
    }

    private static String value(Statement statement, String sql) throws Exception {
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
