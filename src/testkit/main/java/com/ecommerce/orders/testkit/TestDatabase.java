package com.ecommerce.orders.testkit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/**
 * A real, migrated PostgreSQL for one run of the tests. The server is embedded, unless {@code DB_URL}, {@code DB_OWNER}
 * (here a superuser) and {@code DB_OWNER_PASSWORD} name another server. The owner that migrates is no superuser. If
 * {@code DB_POOLER} names the program of PgBouncer, the application connects through PgBouncer.
 */
public final class TestDatabase {

    /** The role that the application logs in as. */
    public static final String USER = "orders_api";

    /** Its password; the embedded server doesn't ask for it. */
    public static final String PASSWORD = "orders_api";

    /** The role that owns the tables. */
    public static final String OWNER = "orders_owner";

    /** Its password; the embedded server doesn't ask for it. */
    public static final String OWNER_PASSWORD = "orders_owner";

    private static final String POOLER = "DB_POOLER";

    private static @Nullable TestDatabase running;

    private final String url;
    private final String applicationUrl;
    private final String superuser;
    private final String superuserPassword;

    private TestDatabase(String url, String applicationUrl, String superuser, String superuserPassword) {
        this.url = url;
        this.applicationUrl = applicationUrl;
        this.superuser = superuser;
        this.superuserPassword = superuserPassword;
    }

    /** Returns the database. The first call starts the server, and the end of the JVM stops it. */
    public static synchronized TestDatabase get() {
        if (running == null) {
            running = System.getenv("DB_URL") == null ? startEmbedded() : useNamed(System.getenv());
        }
        return running;
    }

    /** Returns the JDBC URL for the application. */
    public String url() {
        return applicationUrl;
    }

    /** Returns the settings with which an API logs in to this database. */
    public Map<String, String> settings() {
        return Map.of("DB_URL", applicationUrl, "DB_USER", USER, "DB_PASSWORD", PASSWORD);
    }

    /** Connects as the application's role. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url, USER, PASSWORD);
    }

    /** Connects as the owner of the tables. */
    public Connection connectAsOwner() throws SQLException {
        return DriverManager.getConnection(url, OWNER, OWNER_PASSWORD);
    }

    /** Connects as a role that row-level security does not restrict. */
    public Connection connectAsSuperuser() throws SQLException {
        return DriverManager.getConnection(url, superuser, superuserPassword);
    }

    /** Connects as such a role to another database of the server. */
    public Connection connectAsSuperuser(String otherUrl) throws SQLException {
        return DriverManager.getConnection(otherUrl, superuser, superuserPassword);
    }

    /** Passes the credentials of the superuser to the receiver. */
    public void logInAsSuperuser(Consumer<String> user, Consumer<String> password) {
        user.accept(superuser);
        password.accept(superuserPassword);
    }

    private static TestDatabase startEmbedded() {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setServerConfig("max_connections", "200")
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(server)));
            String base = "jdbc:postgresql://localhost:" + server.getPort() + "/";
            return prepare(base + "postgres", "postgres", "", base + "orders");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TestDatabase useNamed(Map<String, String> environment) {
        String admin = named(environment, "DB_URL");
        String name = "orders_test_" + ProcessHandle.current().pid();
        String url = admin.replaceFirst("/[^/?]*(\\?|$)", "/" + name + "$1");
        return prepare(admin, named(environment, "DB_OWNER"), environment.getOrDefault("DB_OWNER_PASSWORD", ""), url);
    }

    private static String named(Map<String, String> environment, String variable) {
        return Objects.requireNonNull(environment.get(variable), () -> "Set " + variable);
    }

    private static TestDatabase prepare(String adminUrl, String admin, String password, String url) {
        String name = url.replaceAll(".*/([^/?]*).*", "$1");
        try (Connection connection = DriverManager.getConnection(adminUrl, admin, password);
                Statement statement = connection.createStatement()) {
            createRole(statement, OWNER, OWNER_PASSWORD, "CREATEROLE");
            createRole(statement, USER, PASSWORD, "");
            statement.execute("CREATE DATABASE " + name + " OWNER " + OWNER);
            statement.execute("REVOKE TEMPORARY ON DATABASE " + name + " FROM PUBLIC");
            statement.execute("GRANT " + USER + " TO " + OWNER + adminOption(connection));
        } catch (SQLException e) {
            throw new IllegalStateException("The test database can't be made", e);
        }
        Flyway.configure()
                .dataSource(url, OWNER, OWNER_PASSWORD)
                .locations("filesystem:database/migrations")
                .placeholders(Map.of("app_role", USER))
                .load()
                .migrate();
        return new TestDatabase(url, pooled(url), admin, password);
    }

    /** Tells whether the application's connections share one connection to the server. */
    public static boolean isPooled() {
        return System.getenv(POOLER) != null;
    }

    private static String pooled(String url) {
        if (!isPooled()) {
            return url;
        }
        try {
            PgBouncer pooler = PgBouncer.start(System.getenv(POOLER), Files.createTempDirectory("pgbouncer"), url);
            Runtime.getRuntime().addShutdownHook(new Thread(pooler::close));
            return pooler.url();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From PostgreSQL 16 on, CREATEROLE alone does not let a role alter a role that another role created. */
    private static String adminOption(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseMajorVersion() >= 16
                ? " WITH ADMIN TRUE, INHERIT FALSE, SET FALSE"
                : " WITH ADMIN OPTION";
    }

    private static void createRole(Statement statement, String role, String password, String option)
            throws SQLException {
        if (!statement
                .executeQuery("SELECT FROM pg_roles WHERE rolname = '" + role + "'")
                .next()) {
            statement.execute("CREATE ROLE " + role + " LOGIN NOSUPERUSER " + option + " PASSWORD '" + password + "'");
        }
    }

    private static void close(EmbeddedPostgres server) {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
