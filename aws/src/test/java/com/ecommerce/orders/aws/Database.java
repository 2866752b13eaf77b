package com.ecommerce.orders.aws;

import com.ecommerce.orders.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** The tests' database as the functions know it: their connections. */
final class Database {

    private Database() {}

    /** Ends the functions' connections, and tells how many there were. */
    static int cutConnections() throws SQLException {
        return ask(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'orders-api'");
    }

    /** How many the functions have. */
    static int connections() throws SQLException {
        return ask("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'orders-api'");
    }

    private static int ask(String sql) throws SQLException {
        try (Connection connection = TestDatabase.get().connect();
                Statement statement = connection.createStatement()) {
            var rows = statement.executeQuery(sql);
            rows.next();
            return rows.getInt(1);
        }
    }
}
