package com.ecommerce.orders.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ecommerce.orders.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class MissingDatabaseTest {

    private static final String ADMINISTRATOR = "database-admins";
    private static final String IDENTITY = "Orders-Identity-2";
    private static final String PASSWORD = "made up";
    private static final String NAME = "missing_orders";

    private final TestDatabase database = TestDatabase.get();

    @BeforeEach
    void createTheAdministrator() throws SQLException {
        inPostgres("CREATE ROLE \"" + ADMINISTRATOR + "\" LOGIN CREATEDB CREATEROLE PASSWORD '" + PASSWORD + "'");
    }

    @AfterEach
    void cleanUp() throws SQLException {
        inPostgres("DROP DATABASE IF EXISTS " + NAME);
        inPostgres("DROP ROLE IF EXISTS \"" + IDENTITY + "\"");
        inPostgres("DROP ROLE \"" + ADMINISTRATOR + "\"");
    }

    @Test
    void belongsToTheAdministratorWithItsSchemaPublic() throws SQLException {
        MissingDatabase.create(administrator());

        try (Connection connection = administrator().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE public.created (id int)");
            ResultSet row = statement.executeQuery("SELECT pg_get_userbyid(datdba), pg_encoding_to_char(encoding)"
                    + " FROM pg_database WHERE datname = current_database()");
            row.next();
            assertThat(row.getString(1) + " " + row.getString(2)).isEqualTo(ADMINISTRATOR + " UTF8");
        }
    }

    @Test
    void isCreatedOnlyOnce() throws SQLException {
        MissingDatabase.create(administrator());
        try (Connection connection = administrator().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE public.kept (id int)");
        }

        MissingDatabase.create(administrator());

        try (Connection connection = administrator().connect();
                Statement statement = connection.createStatement()) {
            ResultSet row = statement.executeQuery("SELECT to_regclass('public.kept') IS NOT NULL");
            row.next();
            assertThat(row.getBoolean(1)).isTrue();
        }
    }

    /** On Azure another role creates the API's role, so the connection sets the timeouts. */
    @Test
    void isMigratedForARoleThatThePlatformCreated() throws SQLException {
        inPostgres("CREATE ROLE \"" + IDENTITY + "\" LOGIN PASSWORD '" + PASSWORD + "'");
        MissingDatabase.create(administrator());
        AppRole role = new AppRole(IDENTITY, AppRole.Login.ENTRA, null);
        Migration migration = new Migration(administrator().url(), ADMINISTRATOR, PASSWORD);

        assertThat(migration.run(role)).isPositive();
        assertThat(migration.run(role)).isZero();
        String url = administrator().url() + "?options=-c%20statement_timeout=10s"
                + "%20-c%20idle_in_transaction_session_timeout=10s";
        try (Connection connection = DriverManager.getConnection(url, IDENTITY, PASSWORD);
                Statement statement = connection.createStatement()) {
            ResultSet row = statement.executeQuery("SELECT current_setting('statement_timeout') || ' '"
                    + " || current_setting('idle_in_transaction_session_timeout') || ' ' || count(*) FROM orders");
            row.next();
            assertThat(row.getString(1)).isEqualTo("10s 10s 0");
        }
    }

    @Test
    void needsTheRightToCreateDatabases() throws SQLException {
        inPostgres("ALTER ROLE \"" + ADMINISTRATOR + "\" NOCREATEDB");

        assertThatThrownBy(() -> MissingDatabase.create(administrator()))
                .hasMessageContaining("permission denied to create database");
    }

    private OwnerLogin administrator() {
        String url = database.url().replaceFirst("/[^/?]*(\\?|$)", "/" + NAME + "$1");
        return new OwnerLogin(url, ADMINISTRATOR, PASSWORD);
    }

    private void inPostgres(String sql) throws SQLException {
        PGSimpleDataSource server = new PGSimpleDataSource();
        server.setUrl(database.url());
        server.setDatabaseName("postgres");
        database.logInAsSuperuser(server::setUser, server::setPassword);
        try (Connection connection = server.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
