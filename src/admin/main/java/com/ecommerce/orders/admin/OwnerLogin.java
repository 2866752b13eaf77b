package com.ecommerce.orders.admin;

import com.ecommerce.orders.settings.DatabaseSettings;
import com.ecommerce.orders.settings.Setting;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The login of operators' programs: the owner of the tables, who sees the rows of every tenant.
 *
 * <p>Names without a schema mean PostgreSQL's own objects only. Otherwise the owner could call a function that another
 * role created.
 *
 * @param url the JDBC URL of the database
 */
record OwnerLogin(String url, String owner, @Nullable String password) {

    private static final String OWNS_THE_TABLES = "SELECT pg_get_userbyid(c.relowner),"
            + " r.rolsuper OR pg_has_role(r.oid, c.relowner, 'USAGE') FROM pg_class c, pg_roles r"
            + " WHERE c.oid = to_regclass('public.orders') AND r.rolname = current_user";

    /** @throws IllegalArgumentException if a setting is missing */
    static OwnerLogin of(Map<String, String> environment) {
        return new OwnerLogin(
                required(environment, Setting.DB_URL),
                required(environment, Setting.DB_OWNER),
                environment.get(Setting.DB_OWNER_PASSWORD.variable()));
    }

    /** @throws IllegalArgumentException if the setting is missing */
    static String required(Map<String, String> environment, Setting setting) {
        String name = setting.variable();
        String value = environment.get(name);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("set " + name + ", for example " + name + "=" + setting.example());
        }
        return value;
    }

    /** Opens a connection as the owner. */
    Connection connect() throws SQLException {
        DatabaseSettings.useUtc();
        return guarded(DriverManager.getConnection(url, owner, password));
    }

    /** Opens a connection to another database of the same server. */
    Connection connect(String database) throws SQLException {
        DatabaseSettings.useUtc();
        PGSimpleDataSource server = new PGSimpleDataSource();
        server.setUrl(url);
        server.setDatabaseName(database);
        return guarded(server.getConnection(owner, password));
    }

    private static Connection guarded(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET search_path = pg_catalog, pg_temp");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * Opens a connection that sees the rows of every tenant. Refuses any other role, because another role would see no rows.
     *
     * @throws SQLException also if the tables do not exist or belong to another role
     */
    Connection connectToTables() throws SQLException {
        Connection connection = connect();
        try (Statement statement = connection.createStatement()) {
            checkOwner(statement);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private static void checkOwner(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery(OWNS_THE_TABLES)) {
            if (!row.next()) {
                throw new SQLException("there is no table orders. Check that DB_URL names the right database, and run"
                        + " scripts/migrate.sh");
            }
            if (!row.getBoolean(2)) {
                throw new SQLException("the tables belong to " + row.getString(1) + ". Set DB_OWNER to that role");
            }
        }
    }
}
