package com.ecommerce.orders.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.ecommerce.orders.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of migrations with the kinds of databases that {@code scripts/migrate.sh} can find. */
@NullUnmarked
class MigrationTest {

    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final String STRANGER = "orders_stranger";
    private static final String TIMEOUTS =
            "options=-c%20statement_timeout=10s%20-c%20idle_in_transaction_session_timeout=10s";

    private final String database = "migration_" + ProcessHandle.current().pid() + "_" + DATABASES.incrementAndGet();
    private Connection superuser;

    @BeforeEach
    void connect() throws SQLException {
        superuser = TestDatabase.get().connectAsSuperuser();
        execute(superuser, "CREATE ROLE " + STRANGER + " LOGIN PASSWORD '" + STRANGER + "'");
    }

    @AfterEach
    void drop() throws SQLException {
        execute(superuser, "DROP DATABASE IF EXISTS " + database + " WITH (FORCE)");
        execute(superuser, "DROP ROLE " + STRANGER);
        superuser.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"LATIN1", "SQL_ASCII"})
    void refusesADatabaseThatIsNotUtf8(String encoding) throws Exception {
        create(" OWNER orders_owner ENCODING '" + encoding + "' LOCALE 'C' TEMPLATE template0");

        assertThatThrownBy(() -> migrate(TestDatabase.USER))
                .hasMessageContaining("the encoding of database " + database + " is " + encoding)
                .hasMessageContaining("ENCODING 'UTF8' TEMPLATE template0");
        assertThat(text(connect(TestDatabase.OWNER, ""), "SELECT to_regclass('public.orders')"))
                .isNull();
    }

    @Test
    void revokesTheRightsOfPublic() throws Exception {
        create(" OWNER orders_owner");
        try (Connection owner = connect(TestDatabase.OWNER, "")) {
            execute(owner, "GRANT CREATE ON SCHEMA public TO PUBLIC");
        }

        migrate(TestDatabase.USER);

        assertThat(readiness(TestDatabase.USER, "")).isNull();
        try (Connection stranger = connect(STRANGER, "")) {
            assertThatThrownBy(() -> execute(stranger, "CREATE TEMP TABLE orders ()"))
                    .hasMessageContaining("permission denied");
            assertThatThrownBy(() -> execute(
                            stranger,
                            "CREATE FUNCTION public.lower(varchar) RETURNS text" + " LANGUAGE sql AS $$ SELECT '' $$"))
                    .hasMessageContaining("permission denied");
        }
    }

    /** Here the schema belongs to the administrator, as on a server that was upgraded from PostgreSQL 14. */
    @Test
    void saysWhatAnAdministratorMustDoIfTheOwnerCanNot() throws Exception {
        create("");
        try (Connection administrator = connectAsSuperuser()) {
            execute(administrator, "ALTER SCHEMA public OWNER TO CURRENT_USER");
            execute(administrator, "GRANT CREATE ON SCHEMA public TO PUBLIC");
            assertThatThrownBy(() -> migrate(TestDatabase.USER))
                    .hasMessageContaining("As an administrator run in this database:")
                    .satisfies(refusal -> {
                        for (String command :
                                refusal.getMessage().lines().skip(1).toList()) {
                            execute(administrator, command);
                        }
                    });
        }

        migrate(TestDatabase.USER);

        assertThat(readiness(TestDatabase.USER, "")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE FUNCTION public.lower(varchar) RETURNS text LANGUAGE sql AS $$ SELECT '' $$",
                "CREATE OPERATOR public.= (FUNCTION = texteq, LEFTARG = text, RIGHTARG = text)",
                "CREATE TABLE public.flyway_schema_history ()"
            })
    void refusesObjectsOfAForeignRole(String sql) throws Exception {
        create(" OWNER orders_owner");
        try (Connection owner = connect(TestDatabase.OWNER, "");
                Connection stranger = connect(STRANGER, "")) {
            execute(owner, "GRANT CREATE ON SCHEMA public TO PUBLIC");
            execute(stranger, sql);
        }

        assertThatThrownBy(() -> migrate(TestDatabase.USER)).hasMessageContaining("of role " + STRANGER);
    }

    @Test
    void acceptsFunctionsOfAdministrators() throws Exception {
        create(" OWNER orders_owner");
        migrate(TestDatabase.USER);
        try (Connection administrator = connectAsSuperuser()) {
            execute(administrator, "CREATE FUNCTION public.ours() RETURNS text LANGUAGE sql AS $$ SELECT '' $$");
        }

        migrate(TestDatabase.USER);

        assertThat(readiness(TestDatabase.USER, "")).isNull();
    }

    /** On clouds, the platform creates the role of a managed identity. */
    @Test
    void leavesTheTimeoutsOfAForeignRoleToTheConnection() throws Exception {
        create(" OWNER orders_owner");
        assumeTrue(
                superuser.getMetaData().getDatabaseMajorVersion() >= 16,
                "Before PostgreSQL 16 the owner may alter every role");

        migrate(STRANGER);

        assertThat(readiness(STRANGER, "")).isEqualTo("timeouts");
        assertThat(readiness(STRANGER, "?" + TIMEOUTS)).isNull();
    }

    private void migrate(String role) throws SQLException {
        new Migration(url(""), TestDatabase.OWNER, TestDatabase.OWNER_PASSWORD)
                .run(new AppRole(role, AppRole.Login.CLOUDSQL_IAM, null));
    }

    private void create(String options) throws SQLException {
        execute(superuser, "CREATE DATABASE " + database + options);
    }

    /** Returns the failed check, or {@code null} if no check fails. */
    private String readiness(String role, String parameters) throws SQLException {
        return text(connect(role, parameters), "SELECT r_check FROM readiness_1('004')");
    }

    private Connection connect(String role, String parameters) throws SQLException {
        // The password of each role in these tests is its name.
        return DriverManager.getConnection(url(parameters), role, role);
    }

    private Connection connectAsSuperuser() throws SQLException {
        return TestDatabase.get().connectAsSuperuser(url(""));
    }

    private String url(String parameters) {
        return TestDatabase.get().url().replaceFirst("/[^/?]*(\\?.*)?$", "/" + database) + parameters;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (connection;
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
