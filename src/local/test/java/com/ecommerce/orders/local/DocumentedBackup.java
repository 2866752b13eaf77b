package com.ecommerce.orders.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.admin.AppRole;
import com.ecommerce.orders.admin.Migration;
import com.ecommerce.orders.local.testkit.LocalServer;
import java.io.File;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A test of the commands in docs/operations.md, "Backups", from one PostgreSQL server to another. A client follows the events
 * over HTTP before and after the restore. The test needs two servers without passwords and PostgreSQL's client programs. {@code scripts/check_postgres15.sh} runs it.
 */
class DocumentedBackup {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Path PAGE = Path.of("docs/operations.md");
    private static final Path STAND_IN = Path.of("src/test/resources/documented-commands/stand-in.sh");
    private static final String ORDER =
            "{\"currency\":\"EUR\",\"items\":[{\"sku\":\"A\",\"quantity\":1,\"unitPrice\":100,\"taxRate\":\"0\"}]}";

    private final URI old = server("DB_URL");
    private final URI restored = server("DB_URL_OF_ANOTHER_SERVER");

    @TempDir
    Path directory;

    @Test
    void bringsTheOrdersToANewServerAndExpiresTheCursors() throws Exception {
        try (Connection administrator = connect(old, "postgres", "postgres")) {
            execute(administrator, "CREATE ROLE orders_owner LOGIN CREATEROLE");
            execute(administrator, "CREATE DATABASE orders OWNER orders_owner");
        }
        new Migration(url(old, "orders"), "orders_owner", null)
                .run(new AppRole("orders_api", AppRole.Login.PASSWORD, null));
        MarkdownPage backups = section();
        try (Connection administrator = connect(old, "postgres", "postgres")) {
            for (String block : blocks(backups, "sql")) {
                execute(administrator, block);
            }
        }
        try (LocalServer api = api(old, "orders")) {
            for (int i = 0; i < 3; i++) {
                place(api);
            }
            String cursor = nextCursor(get(api, "/events"), 3);

            assertThat(run(blocks(backups, "sh elsewhere"))).contains("The database is up to date.");

            nextCursor(get(api, "/events?after=" + cursor), 0);
            try (LocalServer restoredApi = api(restored, "orders_restored")) {
                assertThat(get(restoredApi, "/ready").statusCode()).isEqualTo(200);
                assertThat(data(get(restoredApi, "/orders"))).hasSize(3);
                place(restoredApi);

                HttpResponse<String> expired = get(restoredApi, "/events?after=" + cursor);
                assertThat(expired.statusCode()).isEqualTo(410);
                assertThat(JSON.readTree(expired.body()).path("code").asString())
                        .isEqualTo("CURSOR_EXPIRED");
                String renewed = nextCursor(get(restoredApi, "/events"), 4);
                nextCursor(get(restoredApi, "/events?after=" + renewed), 0);
            }
        }
    }

    private LocalServer api(URI server, String database) {
        return LocalServer.start(Map.of(
                "DB_URL",
                url(server, database),
                "DB_USER",
                "orders_api",
                "DB_PASSWORD",
                "unused",
                "ORDERS_DATA_DIR",
                directory.toString()));
    }

    private static void place(LocalServer api) throws Exception {
        assertThat(api.post("/orders", token(api), ORDER).statusCode()).isEqualTo(201);
    }

    private static HttpResponse<String> get(LocalServer api, String path) throws Exception {
        return api.get(path, "Authorization", "Bearer " + token(api));
    }

    private static String token(LocalServer api) throws Exception {
        return api.get("/dev/token?tenant=acme").body();
    }

    /** Checks the number of events on the page and returns the cursor of the next page. */
    private static String nextCursor(HttpResponse<String> page, int events) {
        assertThat(data(page)).hasSize(events);
        return JSON.readTree(page.body()).path("nextCursor").asString();
    }

    private static List<JsonNode> data(HttpResponse<String> page) {
        assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
        return JSON.readTree(page.body()).path("data").valueStream().toList();
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
}
