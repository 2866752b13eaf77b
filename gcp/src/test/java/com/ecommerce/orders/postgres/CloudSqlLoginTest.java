package com.ecommerce.orders.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.settings.DatabaseSettings;
import com.ecommerce.orders.testkit.TestDatabase;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Tests of the IAM login with the {@code DB_URL} that the script deploys. Cloud SQL asks for a password in clear text and
 * ignores it, because the connector has sent the token. The login role belongs to the platform.
 */
class CloudSqlLoginTest {

    private static final String USER = "orders-function@my-project.iam";

    @BeforeAll
    static void behaveLikeCloudSql() throws Exception {
        try (Connection connection = TestDatabase.get().connectAsSuperuser();
                Statement statement = connection.createStatement()) {
            if (first(statement, "SELECT count(*) FROM pg_roles WHERE rolname = '" + USER + "'")
                    .equals("0")) {
                statement.execute("CREATE ROLE \"" + USER + "\" LOGIN PASSWORD 'unused' IN ROLE " + TestDatabase.USER);
                Path rules = Path.of(first(statement, "SHOW hba_file"));
                Files.writeString(rules, "host all " + USER + " all password\n" + Files.readString(rules));
                statement.execute("SELECT pg_reload_conf()");
            }
        }
    }

    @Test
    void logsInWithoutAPasswordIfTheServerAsksForOne() throws Exception {
        try (HikariDataSource pool = pool();
                Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            assertThat(first(statement, "SELECT current_user")).isEqualTo(USER);
        }
    }

    /** From PostgreSQL 16 on, the owner may not set the timeouts of a role that the platform created. */
    @Test
    void setsTheTimeoutsOfARoleThatThePlatformCreated() throws Exception {
        try (HikariDataSource pool = pool();
                Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            assertThat(first(statement, "SHOW statement_timeout")).isEqualTo("10s");
            assertThat(first(statement, "SHOW idle_in_transaction_session_timeout"))
                    .isEqualTo("10s");
        }
    }

    private static HikariDataSource pool() throws Exception {
        HikariDataSource pool = new HikariDataSource();
        PostgresConfiguration.configure(pool, new DatabaseSettings(deployedUrl(), USER, null, 1));
        return pool;
    }

    private static String deployedUrl() throws Exception {
        Process script = new ProcessBuilder(
                        "scripts/deploy_gcp.sh", "--dry-run", "--settings", "gcp/deploy.env.example")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher url = Pattern.compile("DB_URL=(jdbc:postgresql:///[^;]*);").matcher(output);
        assertThat(url.find()).as(output).isTrue();
        return url.group(1)
                .replace("com.google.cloud.sql.postgres.SocketFactory", CloudSqlSocketFactory.class.getName());
    }

    private static String first(Statement statement, String sql) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
