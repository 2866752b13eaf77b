package com.ecommerce.orders.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs the parts of docs/compose.yaml that need no containers: the script of the database, and the migration. */
class ComposeTest {

    private static final String PASSWORD = "it's a \"password\"";

    @TempDir
    Path directory;

    @Test
    void preparesTheDatabaseThatTheApiLogsInTo() throws Exception {
        assumeTrue(
                Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "psql"))),
                "psql is missing");
        JsonNode compose = composeFile();
        try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
            admitOthersByPassword(server);

            runScript(compose.at("/configs/roles/content").asString(), server.getPort());
            migrate(compose, server.getPort());

            Map<String, String> api = environment(compose, "api", server.getPort());
            assertThat(firstOf(api, PASSWORD, "SELECT current_user")).isEqualTo("orders_api");
            assertThatThrownBy(() -> firstOf(api, "another", "SELECT 1"))
                    .hasMessageContaining("password authentication failed");
        }
    }

    private void runScript(String content, int port) throws Exception {
        Path script = Files.writeString(directory.resolve("roles.sh"), content.replace("$$", "$"));
        Path output = directory.resolve("roles.log");
        ProcessBuilder shell = new ProcessBuilder("bash", script.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        shell.environment()
                .putAll(Map.of("POSTGRES_PASSWORD", PASSWORD, "PGHOST", "127.0.0.1", "PGPORT", Integer.toString(port)));
        Process process = shell.start();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
    }

    private static void migrate(JsonNode compose, int port) {
        StringWriter output = new StringWriter();
        int code = new MigrateCommand(environment(compose, "migration", port), new PrintWriter(output, true)).call();

        assertThat(code).as(output.toString()).isZero();
    }

    /** Returns the variables of a service, with the password, and with the address of the embedded server. */
    private static Map<String, String> environment(JsonNode compose, String service, int port) {
        Map<String, String> variables = new HashMap<>();
        compose.at("/services/" + service + "/environment")
                .properties()
                .forEach(variable -> variables.put(
                        variable.getKey(),
                        variable.getValue()
                                .asString()
                                .replace("${DATABASE_PASSWORD}", PASSWORD)
                                .replace("//database:5432/", "//127.0.0.1:" + port + "/")));
        return variables;
    }

    private static String firstOf(Map<String, String> api, String password, String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection(api.get("DB_URL"), api.get("DB_USER"), password);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    /** The image of PostgreSQL asks everybody for a password, except its own script. */
    private static void admitOthersByPassword(EmbeddedPostgres server) throws SQLException, IOException {
        try (Connection superuser = server.getPostgresDatabase().getConnection();
                Statement statement = superuser.createStatement();
                ResultSet rows = statement.executeQuery("SHOW hba_file")) {
            rows.next();
            Files.writeString(
                    Path.of(rows.getString(1)), "host all postgres all trust\nhost all all all scram-sha-256\n");
        }
        try (Connection superuser = server.getPostgresDatabase().getConnection();
                Statement statement = superuser.createStatement()) {
            statement.execute("SELECT pg_reload_conf()");
        }
    }

    private static JsonNode composeFile() throws IOException {
        return JsonMapper.shared().valueToTree(new Yaml().load(Files.readString(Path.of("docs/compose.yaml"))));
    }
}
