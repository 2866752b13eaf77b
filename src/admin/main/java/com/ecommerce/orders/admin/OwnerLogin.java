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
 * The login of operators' programs: the owner of the tables, who sees every tenant's rows.
 *
 * <p>Names without a schema mean PostgreSQL's own objects only. Otherwise a role that may make functions could have the
 * owner call them.
 *
 * @param url JDBC URL of the database
 */
record OwnerLogin(String url, String owner, @Nullable String password) {

    private static final String NO_RIGHT = "42501";

    /** SQLSTATEs of a connection that can't be had. */
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

    /** Opens a connection as that role. */
    Connection connect() throws SQLException {
        DatabaseSettings.useUtc();
        return guarded(DriverManager.getConnection(url, owner, password));
    }

    /** Connects to another database of the same server. */
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
     * Opens a connection that sees every tenant. Any other role is refused, because it would just see no rows.
     *
     * @throws SQLException also if the tables are not there or belong to another role
     */
    Connection connectToTables() throws SQLException {
        Connection connection = connect();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet row = statement.executeQuery(OWNS_THE_TABLES)) {
                if (!row.next()) {
                    throw new SQLException("there is no table orders; see that DB_URL names the right database, and run"
                            + " scripts/migrate.sh");
                }
                if (!row.getBoolean(2)) {
                    throw new SQLException("the tables belong to " + row.getString(1) + "; set DB_OWNER to it");
                }
            }
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** Returns in one line what {@code e} says, and what to do about it where that is known. */
    static String explain(Exception e, Map<String, String> environment) {
        SQLException cause = sqlException(e);
        if (cause == null || cause.getSQLState() == null) {
            return String.valueOf(e.getMessage());
        }
        String state = cause.getSQLState();
        if (String.valueOf(cause.getMessage()).contains("PAM authentication failed")) {
            return cause.getMessage()
                    + ". RDS admits this role by an IAM token only, because the role is a member of rds_iam, directly or by"
                    + " a role that it made. Let your AWS identity have rds-db:connect for the role, and set"
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
