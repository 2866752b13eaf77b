package com.ecommerce.orders.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.order.Readiness.Failure;
import com.ecommerce.orders.testkit.TestDatabase;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The states in which the API must not serve, and the name of the check for each state. */
class ReadinessTest {

    @Test
    void isReadyWhenMigratedAndGuarded() {
        try (HikariDataSource pool = Samples.pool(1)) {
            assertThat(readiness(pool)).isEmpty();
        }
    }

    @Test
    void namesADatabaseThatIsNotThere() {
        try (HikariDataSource pool = Samples.pool(1)) {
            pool.setJdbcUrl("jdbc:postgresql://localhost:1/orders");
            pool.setConnectionTimeout(300);
            pool.setInitializationFailTimeout(-1);

            assertThat(readiness(pool)).map(Failure::check).contains("database");
        }
    }

    @Test
    void namesTheMigrationsOfADatabaseWithoutAny() {
        try (HikariDataSource pool = Samples.pool(1)) {
            pool.setJdbcUrl(TestDatabase.get().url() + "?currentSchema=pg_catalog");

            assertThat(readiness(pool)).map(Failure::check).contains("migrations");
        }
    }

    @Test
    void namesAMigrationThatIsMissing() throws Exception {
        assertThat(readinessAfter("DELETE FROM flyway_schema_history WHERE version = '004'", "orders_api"))
                .isEqualTo(new Failure("migrations", "Migration 004 is missing. Run scripts/migrate.sh."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ALTER ROLE orders_api SUPERUSER", "ALTER ROLE orders_api BYPASSRLS"})
    void namesARoleThatRowLevelSecurityDoesNotHold(String sql) throws Exception {
        assertThat(readinessAfter(sql, "orders_api").check()).isEqualTo("role");
    }

    @Test
    void namesTheRoleThatOwnsTheTables() throws Exception {
        assertThat(readinessAfter("SELECT 1", "orders_owner").check()).isEqualTo("role");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE orders DISABLE ROW LEVEL SECURITY",
                "ALTER TABLE order_items NO FORCE ROW LEVEL SECURITY",
                "DROP POLICY tenant_rows ON idempotency_keys"
            })
    void namesATableWithoutItsGuard(String sql) throws Exception {
        assertThat(readinessAfter(sql, "orders_api").check()).isEqualTo("row-level-security");
    }

    @ParameterizedTest
    @CsvSource({
        "statement_timeout, 0",
        "statement_timeout, 1min",
        "idle_in_transaction_session_timeout, 0",
        "idle_in_transaction_session_timeout, 11s"
    })
    void namesTimeoutsThatAreNotInForce(String setting, String value) throws Exception {
        Failure failure = readinessAfter("SET LOCAL " + setting + " = '" + value + "'", "orders_api");

        assertThat(failure.check()).isEqualTo("timeouts");
        assertThat(failure.detail()).contains(setting + " is " + value, "options=-c%20statement_timeout=10s%20-c%20");
    }

    @ParameterizedTest
    @CsvSource({
        "CREATE ON SCHEMA public, REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        "TEMPORARY ON DATABASE %s, REVOKE TEMPORARY ON DATABASE %s FROM PUBLIC"
    })
    void namesRightsWithWhichTheRoleCouldMakeObjects(String right, String command) throws Exception {
        String database = TestDatabase.get().url().replaceAll(".*/([^/?]*).*", "$1");
        Failure failure = readinessAfter("GRANT " + right.formatted(database) + " TO PUBLIC", "orders_api");

        assertThat(failure.check()).isEqualTo("privileges");
        assertThat(failure.detail()).contains(command.formatted(database));
    }

    @Test
    void looksAtEveryTableOfTenants() throws Exception {
        try (Connection connection = TestDatabase.get().connectAsOwner();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT count(*) FROM pg_class c JOIN pg_attribute a"
                                + " ON a.attrelid = c.oid AND a.attname = 'tenant_id' WHERE c.relkind IN ('r', 'p')"
                                + " AND c.relnamespace = 'public'::regnamespace AND NOT EXISTS (SELECT FROM pg_proc f"
                                + " WHERE f.proname = 'readiness_1' AND f.prosrc LIKE '%''' || c.relname || '''::regclass%')")) {
            row.next();
            assertThat(row.getInt(1)).isZero();
        }
    }

    private static Optional<Failure> readiness(HikariDataSource pool) {
        return new PostgresReadiness(new Database(pool, new TenantShares(1, Duration.ofSeconds(1)))).failure();
    }

    /** Returns the result of the check for a role after a change that is rolled back. */
    private static Failure readinessAfter(String sql, String role) throws SQLException {
        try (Connection connection = TestDatabase.get().connectAsSuperuser();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SET LOCAL statement_timeout = '10s'");
            statement.execute("SET LOCAL idle_in_transaction_session_timeout = '10s'");
            statement.execute(sql);
            statement.execute("SET LOCAL ROLE " + role);
            try (ResultSet row = statement.executeQuery("SELECT r_check, r_detail FROM readiness_1('004')")) {
                row.next();
                return new Failure(row.getString(1), row.getString(2));
            } finally {
                connection.rollback();
            }
        }
    }
}
