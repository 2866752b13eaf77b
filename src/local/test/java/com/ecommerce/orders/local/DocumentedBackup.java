package com.ecommerce.orders.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.admin.AppRole;
import com.ecommerce.orders.admin.Migration;
import java.io.File;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A test of the commands in docs/operations.md, "Backups", from one PostgreSQL server to another. The test needs two servers
 * without passwords and PostgreSQL's client programs. {@code scripts/check_postgres15.sh} runs it.
 */
class DocumentedBackup {

    private static final Path PAGE = Path.of("docs/operations.md");
    private static final Path STAND_IN = Path.of("src/test/resources/documented-commands/stand-in.sh");
    private static final String PLACE = "SELECT create_order_1('acme', gen_random_uuid(), '%s', gen_random_uuid(),"
            + " 'alice', NULL, '{}', '[]', NULL, NULL, false, false)";
    private static final String ORDER =
            """
            {"status":"PLACED","currency":"EUR","createdBy":"alice","createdAt":"2026-01-01T00:00:00Z",
             "updatedAt":"2026-01-01T00:00:00Z","items":[{"lineNumber":1,"sku":"A","quantity":1,"unitPrice":100,
             "taxRate":"0","subtotal":100,"discount":0,"tax":0,"total":100}],
             "totals":{"subtotal":100,"discount":0,"shipping":0,"tax":0,"grandTotal":100}}""";

    private final URI old = server("DB_URL");
    private final URI restored = server("DB_URL_OF_ANOTHER_SERVER");

    @TempDir
    Path directory;

    @Test
    void bringsTheOrdersToANewServer() throws Exception {
        try (Connection administrator = connect(old, "postgres", "postgres")) {
            execute(administrator, "CREATE ROLE orders_owner LOGIN CREATEROLE");
            execute(administrator, "CREATE DATABASE orders OWNER orders_owner");
        }
        new Migration(url(old, "orders"), "orders_owner", null)
                .run(new AppRole("orders_api", AppRole.Login.PASSWORD, null));
        try (Connection api = connect(old, "orders", "orders_api")) {
            for (int i = 0; i < 3; i++) {
                execute(api, PLACE.formatted(ORDER));
            }
        }
        String epoch = feed(old, "orders");
        MarkdownPage backups = section();
        try (Connection administrator = connect(old, "postgres", "postgres")) {
            for (String block : blocks(backups, "sql")) {
                execute(administrator, block);
            }
        }

        assertThat(run(blocks(backups, "sh elsewhere"))).contains("The database is up to date.");

        try (Connection api = connect(restored, "orders_restored", "orders_api")) {
            assertThat(text(api, "SELECT r_detail FROM readiness_1('004')")).isNull();
            assertThat(text(
                            api,
                            "SELECT count(*) FROM list_orders_1('acme', '-createdAt', 10, 1000000, NULL, NULL, NULL,"
                                    + " NULL, NULL, NULL, NULL, NULL, NULL, NULL)"))
                    .isEqualTo("3");
            execute(api, PLACE.formatted(ORDER));
        }
        assertThat(feed(old, "orders")).isEqualTo(epoch);
        assertThat(feed(restored, "orders_restored")).isNotEqualTo(epoch);
    }

    /** Reads the tenant's event log, and returns its epoch. A cursor of another epoch gets a 410. */
    private static String feed(URI server, String database) throws SQLException {
        try (Connection api = connect(server, database, "orders_api")) {
            return text(api, "SELECT min(r_epoch::text) FROM read_events_1('acme', 0, 200, 1000000, NULL, false)");
        }
    }

    /** Runs the commands with the addresses of the two servers. */
    private String run(List<String> blocks) throws Exception {
        for (String tool : List.of("mvn", "java")) {
            Files.createSymbolicLink(directory.resolve(tool), STAND_IN.toAbsolutePath());
        }
        String script = String.join("\n", blocks)
                .replace("--host=db.example.org", "--host=127.0.0.1 --port=" + old.getPort())
                .replace("--host=new.example.org", "--host=127.0.0.1 --port=" + restored.getPort())
                .replace("new.example.org:5432", "127.0.0.1:" + restored.getPort())
                .replace("orders.dump", directory.resolve("orders.dump").toString());
        assertThat(script).doesNotContain("example.org");
        ProcessBuilder shell = new ProcessBuilder("bash", "-eu", "-o", "pipefail", "-c", script)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile());
        Map<String, String> environment = shell.environment();
        environment.keySet().removeIf(name -> name.startsWith("DB_") || name.equals("JAVA_HOME"));
        environment.put("PATH", directory + File.pathSeparator + environment.get("PATH"));
        environment.put("STAND_IN_JAVA", System.getProperty("java.home") + "/bin/java");
        environment.put("STAND_IN_CLASSPATH", System.getProperty("java.class.path"));
        environment.put("STAND_IN_ELSEWHERE", "false");
        Process process = shell.start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        String output = Files.readString(directory.resolve("output"), StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }

    private MarkdownPage section() throws Exception {
        String page = Files.readString(PAGE);
        int start = page.indexOf("\n## Backups\n");
        Path section = directory.resolve("backups.md");
        return MarkdownPage.read(Files.writeString(section, page.substring(start, page.indexOf("\n## ", start + 1))));
    }

    private static List<String> blocks(MarkdownPage page, String tag) {
        return page.blocks().stream()
                .filter(block -> block.tag().equals(tag))
                .map(MarkdownPage.Block::text)
                .toList();
    }

    private static URI server(String setting) {
        return URI.create(System.getenv(setting).substring("jdbc:".length()));
    }

    private static String url(URI server, String database) {
        return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + database;
    }

    private static Connection connect(URI server, String database, String role) throws SQLException {
        return DriverManager.getConnection(url(server, database), role, null);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
