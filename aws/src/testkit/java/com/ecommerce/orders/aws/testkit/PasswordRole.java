package com.ecommerce.orders.aws.testkit;

import com.ecommerce.orders.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A role with the rights of the API's role. The database of the tests asks for the password of this role. */
public final class PasswordRole {

    /** The name of the role. */
    public static final String USER = "orders_by_password";

    /** The password of the role. */
    public static final String PASSWORD = "made up by Secrets Manager";

    private PasswordRole() {}

    /** Creates the role if it does not exist. */
    public static void create() throws SQLException, IOException {
        try (Connection connection = TestDatabase.get().connectAsSuperuser();
                Statement statement = connection.createStatement()) {
            if (first(statement, "SELECT count(*) FROM pg_roles WHERE rolname = '" + USER + "'")
                    .equals("0")) {
                statement.execute(
                        "CREATE ROLE " + USER + " LOGIN PASSWORD '" + PASSWORD + "' IN ROLE " + TestDatabase.USER);
                Path rules = Path.of(first(statement, "SHOW hba_file"));
                Files.writeString(rules, "host all " + USER + " all scram-sha-256\n" + Files.readString(rules));
                statement.execute("SELECT pg_reload_conf()");
            }
        }
    }

    private static String first(Statement statement, String sql) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
