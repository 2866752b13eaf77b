package com.ecommerce.orders.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ecommerce.orders.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Tests of the role of a managed identity on a server that behaves like Azure. Only the database {@code postgres} has the
 * function that creates the role. The role does not belong to the owner of the tables.
 */
class EntraRoleTest {

    private static final String NAME = "Orders-Identity";
    private static final UUID OBJECT_ID = UUID.fromString("33333333-3333-3333-3333-333333333333");
    private static final String STAND_IN =
            "pg_catalog.pgaadauth_create_principal_with_oid(text, text, text, boolean, boolean)";

    private final TestDatabase database = TestDatabase.get();
    private final EntraRole role = new EntraRole(NAME, OBJECT_ID);

    @BeforeEach
    void behaveLikeAzure() throws SQLException {
        inPostgres("CREATE TABLE made_principals (role text, oid text, kind text, admin boolean, mfa boolean)");
        inPostgres("CREATE FUNCTION " + STAND_IN
                + " RETURNS text LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN"
                + " EXECUTE format('CREATE ROLE %I LOGIN', $1);"
                + " INSERT INTO public.made_principals VALUES ($1, $2, $3, $4, $5);"
                + " EXECUTE format('SET allow_system_table_mods = on');"
                + " INSERT INTO pg_shseclabel SELECT oid, 'pg_authid'::regclass, 'pgaadauth',"
                + " 'aadauth,oid=' || $2 || ',type=' || $3 FROM pg_authid WHERE rolname = $1;"
                + " RETURN 'Created role for ' || $1; END $$");
    }

    @AfterEach
    void behaveLikePostgres() throws SQLException {
        inPostgres("DROP FUNCTION " + STAND_IN);
        inPostgres("DROP TABLE made_principals");
        inPostgres("SET allow_system_table_mods = on; DELETE FROM pg_shseclabel WHERE provider = 'pgaadauth'");
        inPostgres("DROP ROLE IF EXISTS \"" + NAME + "\"");
    }

    @Test
    void createsTheRoleInTheDatabasePostgresByTheObjectIdOfTheIdentity() throws SQLException {
        role.create(owner());

        assertThat(madePrincipals()).isEqualTo(NAME + " " + OBJECT_ID + " service f f");
    }

    @Test
    void createsTheRoleOnlyOnce() throws SQLException {
        role.create(owner());
        role.create(owner());

        assertThat(madePrincipals()).isEqualTo(NAME + " " + OBJECT_ID + " service f f");
    }

    /** An identity that was deleted and created again has a new object id, so it could not log in. */
    @Test
    void refusesARoleThatBelongsToAnotherIdentity() throws SQLException {
        role.create(owner());
        UUID another = UUID.fromString("44444444-4444-4444-4444-444444444444");

        assertThatThrownBy(() -> new EntraRole(NAME, another).create(owner()))
                .hasMessageContaining("The role " + NAME + " does not belong to the Entra object " + another)
                .hasMessageContaining("SECURITY LABEL FOR \"pgaadauth\" ON ROLE \"" + NAME + "\" IS 'aadauth,oid="
                        + another + ",type=service'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "orders-identity", "1-1-1-1-1", "33333333-3333-3333-3333-33333333333x"})
    void refusesAWrongObjectIdAndShowsAnExample(String text) {
        assertThatThrownBy(() -> EntraRole.of(NAME, Map.of("DB_USER_OBJECT_ID", text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("DB_USER_OBJECT_ID=33333333-3333-3333-3333-333333333333");
    }

    private OwnerLogin owner() {
        return new OwnerLogin(database.url(), TestDatabase.OWNER, TestDatabase.OWNER_PASSWORD);
    }

    private String madePrincipals() throws SQLException {
        try (Connection connection = postgres();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT string_agg(concat_ws(' ', role, oid, kind, admin, mfa),"
                        + " ', ') FROM made_principals")) {
            row.next();
            return row.getString(1);
        }
    }

    private void inPostgres(String sql) throws SQLException {
        try (Connection connection = postgres();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Connection postgres() throws SQLException {
        PGSimpleDataSource server = new PGSimpleDataSource();
        server.setUrl(database.url());
        server.setDatabaseName("postgres");
        database.logInAsSuperuser(server::setUser, server::setPassword);
        return server.getConnection();
    }
}
