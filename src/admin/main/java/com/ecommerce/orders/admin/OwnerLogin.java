package com.ecommerce.orders.admin;

import com.ecommerce.orders.postgres.DatabaseDiagnosis;
import com.ecommerce.orders.settings.DatabaseSettings;
import com.ecommerce.orders.settings.Setting;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.regex.Pattern;
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

    private static final String NO_RIGHT = "42501";

    /** SQLSTATEs of errors while connecting. */
    private static final Pattern CONNECTING = Pattern.compile("08.*|28.*|3D000|53300|57P0.");

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
            try (ResultSet row = statement.executeQuery(OWNS_THE_TABLES)) {
                if (!row.next()) {
                    throw new SQLException(
                            "there is no table orders. Check that DB_URL names the right database, and run"
                                    + " scripts/migrate.sh");
                }
                if (!row.getBoolean(2)) {
                    throw new SQLException("the tables belong to " + row.getString(1) + ". Set DB_OWNER to that role");
                }
            }
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** Returns the message of {@code e} in one line and, for known errors, what to do. */
    static String explain(Exception e, Map<String, String> environment) {
        SQLException cause = sqlException(e);
        if (cause == null || cause.getSQLState() == null) {
            return String.valueOf(e.getMessage());
        }
        String state = cause.getSQLState();
        if (String.valueOf(cause.getMessage()).contains("PAM authentication failed")) {
            return cause.getMessage()
                    + ". RDS admits this role with an IAM token only, because the role is a member of rds_iam, directly or"
                    + " through a role that it created. Give your AWS identity rds-db:connect for the role, and set"
                    + " DB_OWNER_PASSWORD=$(aws rds generate-db-auth-token --hostname <database> --port 5432 --username"
                    + " <role>).";
        }
        if (state.equals(NO_RIGHT)) {
            return String.valueOf(cause.getMessage()).lines().findFirst().orElse("")
                    + ". DB_OWNER needs CREATEROLE, and must own the database and the tables";
        }
        return CONNECTING.matcher(state).matches()
                ? DatabaseDiagnosis.of(cause, login(environment)).detail()
                : String.valueOf(e.getMessage());
    }

    private static @Nullable SQLException sqlException(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException problem) {
                return problem;
            }
        }
        return null;
    }

    private static DatabaseDiagnosis.Login login(Map<String, String> environment) {
        return new DatabaseDiagnosis.Login(
                environment.getOrDefault(Setting.DB_URL.variable(), ""),
                environment.getOrDefault(Setting.DB_OWNER.variable(), ""),
                environment.containsKey(Setting.DB_OWNER_PASSWORD.variable()),
                Setting.DB_OWNER.variable(),
                Setting.DB_OWNER_PASSWORD.variable());
    }
}
