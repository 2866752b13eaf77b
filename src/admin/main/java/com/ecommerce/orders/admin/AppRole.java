package com.ecommerce.orders.admin;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * The role of the API in the database. The role owns nothing. It sees only the rows of the tenant that the session sets.
 *
 * @param name the name of the role
 * @param login how the role logs in
 * @param password the password for {@link Login#PASSWORD}, otherwise {@code null}
 */
public record AppRole(String name, Login login, @Nullable String password) {

    /** The ways to log in. */
    public enum Login {
        /** A login with a password. */
        PASSWORD,
        /** A login with a token of AWS IAM. */
        RDS_IAM,
        /** A login with a token of Microsoft Entra ID. {@link EntraRole} creates the role. */
        ENTRA,
        /** A login with a token of Google Cloud. {@code gcloud sql users create} creates the role of the service account. */
        CLOUDSQL_IAM;

        static Login parse(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
        }

        static String names() {
            return Arrays.stream(values())
                    .map(login -> login.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .collect(Collectors.joining(", "));
        }
    }

    /** Creates the role if it does not exist. {@link #setLogin} sets how the role logs in. */
    void create(Connection owner) throws SQLException {
        // EntraRole has created its role over a connection to another database.
        if (exists(owner) || login == Login.ENTRA) {
            return;
        }
        if (login == Login.CLOUDSQL_IAM) {
            throw new SQLException("There is no role " + name + ". Create the role: gcloud sql users create " + name
                    + " --type=cloud_iam_service_account");
        }
        execute(owner, "CREATE ROLE " + quoted(owner) + " LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS");
    }

    /** Sets how the role logs in, and removes the other way to log in. */
    void setLogin(Connection owner) throws SQLException {
        RdsIamMembership iam = new RdsIamMembership(name);
        if (login == Login.PASSWORD && password != null) {
            iam.revoke(owner);
            // Sends a SCRAM verifier, never the password itself.
            owner.unwrap(PGConnection.class).alterUserPassword(name, password.toCharArray(), "scram-sha-256");
        } else if (login == Login.RDS_IAM) {
            iam.grant(owner);
        }
    }

    private boolean exists(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT FROM pg_roles WHERE rolname = ?")) {
            query.setString(1, name);
            return query.executeQuery().next();
        }
    }

    private String quoted(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class).escapeIdentifier(name);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
