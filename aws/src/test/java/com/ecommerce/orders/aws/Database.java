package com.ecommerce.orders.aws;

import com.ecommerce.orders.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** The tests' database as the functions know it: their connections. */
final class Database {

    private Database() {}

    /** Ends the connections of the functions, and returns their number. */
    static int cutConnections() throws SQLException {
        return ask(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'orders-api'");
    }

    /** Returns the number of connections of the functions. */
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
