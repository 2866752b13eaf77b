package com.ecommerce.orders.admin;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A PostgreSQL server that admits roles as RDS does. The owner can log in with a token or a password. Other members of
 * {@code rds_iam} can't use a password. All other roles use a password.
 */
final class RdsServer implements AutoCloseable {

    /** The role that owns the tables. */
    static final String OWNER = "rds_owner";

    /** The password of the owner. */
    static final String PASSWORD = "the password of the owner";

    private final EmbeddedPostgres server = EmbeddedPostgres.start();

    RdsServer() throws IOException, SQLException {
        execute("CREATE ROLE rds_iam", "CREATE ROLE " + OWNER + " LOGIN CREATEROLE PASSWORD '" + PASSWORD + "'");
        admitOwnerByPassword();
        execute("CREATE DATABASE orders OWNER " + OWNER);
    }

    /** Admits the owner without a check, as RDS does for a valid token. */
    void admitOwnerByToken() throws SQLException, IOException {
        admit("host all " + OWNER + " all trust\n");
    }

    /** Admits the owner with a password, like any other role. */
    void admitOwnerByPassword() throws SQLException, IOException {
        admit("");
    }

    private void admit(String owner) throws SQLException, IOException {
        Path rules = Path.of(first("SHOW hba_file"));
        Files.writeString(
                rules,
                "host all postgres all trust\n" + owner + "host all +rds_iam all reject\n"
                        + "host all all all scram-sha-256\n");
        execute("SELECT pg_reload_conf()");
        await("SELECT count(*) = 0 FROM pg_hba_file_rules WHERE error IS NOT NULL");
    }

    /** Returns a migration that logs in as the owner. */
    Migration migration() {
        return new Migration(url(), OWNER, PASSWORD);
    }

    String url() {
        return server.getJdbcUrl("postgres", "orders").replaceFirst("\\?.*", "");
    }

    /** Opens a connection with a password. */
    Connection connect(String role, String password) throws SQLException {
        return DriverManager.getConnection(url(), role, password);
    }

    /** Runs statements as the administrator. */
    void execute(String... statements) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Returns the first value of a query. */
    String first(String sql) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private void await(String sql) throws SQLException {
        while (!first(sql).equals("t")) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
