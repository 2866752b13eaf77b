package com.ecommerce.orders.conformance;

import com.ecommerce.orders.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * A change of the database by another client while the requests of a step run.
 *
 *
 * @param sql runs before the first request, as a role that row-level security does not restrict
 * @param undo runs and commits after the last response; without it, {@code sql} stays in an open transaction, which is
 *     rolled back
 */
public record ConcurrentChange(String sql, @Nullable String undo) {

    /** Begins the change. Closing the returned object ends the change. */
    AutoCloseable begin(Variables variables) throws SQLException {
        Connection connection = TestDatabase.get().connectAsSuperuser();
        try (Statement statement = connection.createStatement()) {
            connection.setAutoCommit(undo != null);
            statement.execute(variables.in(sql));
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return () -> end(connection, variables);
    }

    private void end(Connection connection, Variables variables) throws SQLException {
        try (connection;
                Statement statement = connection.createStatement()) {
            if (undo == null) {
                connection.rollback();
            } else {
                statement.execute(variables.in(undo));
            }
        }
    }
}
