package com.ecommerce.orders.postgres;

import com.ecommerce.orders.order.Readiness;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/** A diagnosis in one line: the reason why a database can't be used, and what to do. */
public final class DatabaseDiagnosis {

    private static final String EXAMPLE = "for example DB_URL=jdbc:postgresql://localhost:5432/orders";
    private static final String DATABASE = "database";
    private static final int MAX_CAUSES = 8;

    private final Login login;
    private final String server;
    private final String database;

    private DatabaseDiagnosis(Login login) {
        this.login = login;
        Properties address = Driver.parseURL(login.url(), new Properties());
        this.server = address == null ? "the server that DB_URL names" : server(address);
        this.database = address == null ? "that DB_URL names" : address.getProperty("PGDBNAME", login.user());
    }

    /**
     * Returns the check that failed. For operators, it has the reason and what to do.
     *
     * @param failure the exception of a connection or a statement
     */
    public static Readiness.Failure of(@Nullable Throwable failure, Login login) {
        return new DatabaseDiagnosis(login).diagnose(failure);
    }

    /**
     * Joins the first lines of the messages of all causes: the driver's exception may hide the cause from a cloud's
     * connector. The other lines are left out, because they may quote values of a statement.
     */
    static String causes(@Nullable Throwable failure) {
        return chain(failure)
                .map(cause ->
                        String.valueOf(cause.getMessage()).lines().findFirst().orElse(""))
                .distinct()
                .collect(Collectors.joining("; "));
    }

    private static Stream<Throwable> chain(@Nullable Throwable failure) {
        return Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
                .limit(MAX_CAUSES);
    }

    private static String server(Properties address) {
        String[] hosts = address.getProperty("PGHOST", "localhost").split(",");
        String[] ports = address.getProperty("PGPORT", "5432").split(",");
        StringBuilder server = new StringBuilder();
        for (int i = 0; i < hosts.length; i++) {
            server.append(i == 0 ? "" : ", ").append(hosts[i]).append(':').append(ports[Math.min(i, ports.length - 1)]);
        }
        return address.getProperty("cloudSqlInstance", server.toString());
    }

    private Readiness.Failure diagnose(@Nullable Throwable failure) {
        Optional<String> network = network(failure);
        if (network.isPresent()) {
            return new Readiness.Failure(DATABASE, network.get());
        }
        // The pool's exception is skipped, because it repeats the SQLSTATE of its cause.
        Optional<SQLException> reason = chain(failure)
                .filter(cause -> cause instanceof SQLException && !(cause instanceof SQLTransientConnectionException))
                .map(SQLException.class::cast)
                .findFirst();
        if (reason.isEmpty() && failure instanceof SQLTransientConnectionException) {
            return new Readiness.Failure(
                    DATABASE, "No connection became free in time. All connections are in use. Raise DB_POOL_SIZE.");
        }
        return reason.map(this::diagnose)
                .orElseGet(
                        () -> new Readiness.Failure(DATABASE, "No response from " + server + ": " + causes(failure)));
    }

    /** Finds an exception of the JDK about the network or TLS. */
    private Optional<String> network(@Nullable Throwable failure) {
        return chain(failure)
                .map(this::advice)
                .filter(advice -> !advice.isEmpty())
                .findFirst();
    }

    private String advice(Throwable cause) {
        if (cause instanceof UnknownHostException) {
            return "The host name of " + server + " is unknown. Correct DB_URL, " + EXAMPLE;
        }
        if (cause instanceof ConnectException) {
            return "No PostgreSQL listens at " + server + ". Start it, or correct DB_URL, " + EXAMPLE;
        }
        if (cause instanceof SocketTimeoutException) {
            return "No response from " + server + " in time. Open the firewall for this machine, or correct DB_URL, "
                    + EXAMPLE;
        }
        return cause instanceof SSLException
                ? "TLS to " + server + " failed: " + causes(cause) + ". Correct sslmode and sslrootcert in DB_URL, for"
                        + " example ?sslmode=verify-full&sslrootcert=ca.pem"
                : "";
    }

    private Readiness.Failure diagnose(SQLException e) {
        SqlState state = SqlState.of(e);
        if (state.code().equals("42501")) {
            return new Readiness.Failure(
                    "role",
                    "The role " + login.user() + " may not use the database " + database + " at " + server + ": "
                            + causes(e) + ". Run scripts/migrate.sh with DB_USER=" + login.user()
                            + ", which grants the permissions");
        }
        if (state.isNotMigrated()) {
            return new Readiness.Failure(
                    "migrations",
                    "The database " + database + " at " + server + " is not migrated. Run scripts/migrate.sh");
        }
        return new Readiness.Failure(DATABASE, advice(e, state));
    }

    private String advice(SQLException e, SqlState state) {
        return switch (state.code()) {
            case "28P01" ->
                server + " refuses the password of the role " + login.user() + ". Correct " + login.userSetting()
                        + " and " + login.passwordSetting();
            case "28000" ->
                server + " does not let the role " + login.user() + " in: " + causes(e) + ". Correct "
                        + login.userSetting() + ", or let the role log in from here (LOGIN, pg_hba.conf; some servers"
                        + " want ?sslmode=verify-full in DB_URL)";
            case "3D000" ->
                "There is no database " + database + " at " + server + ". Create it, or correct the name at the end of"
                        + " DB_URL, " + EXAMPLE;
            case "08004" -> refused(e);
            case "53300" ->
                server + " has no connection left. Lower DB_POOL_SIZE, or raise max_connections of the server";
            case "57P03" -> server + " is starting or stopping. Wait until it accepts connections";
            default -> server + " can't be used: " + causes(e) + ". Check that it runs, and check DB_URL, " + EXAMPLE;
        };
    }

    /** Returns the advice if the driver itself refuses: it has no password, or the server has no TLS. */
    private String refused(SQLException e) {
        if (!login.hasPassword()) {
            return server + " asks the role " + login.user() + " for a password. Set " + login.passwordSetting();
        }
        return server + " can't be used: " + causes(e) + ". Correct sslmode in DB_URL, for example ?sslmode=verify-full"
                + " where the server has TLS";
    }

    /**
     * The login that failed, and the settings of the login.
     *
     * @param url the JDBC URL of the database
     */
    public record Login(String url, String user, boolean hasPassword, String userSetting, String passwordSetting) {

        /** Returns only the user: the parameters of the URL may contain a password. */
        @Override
        public String toString() {
            return user;
        }
    }
}
