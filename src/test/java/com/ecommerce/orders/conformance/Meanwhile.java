package com.ecommerce.orders.conformance;

import com.ecommerce.orders.postgres.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * What somebody else does in the database while a step's requests run.
 *
 * @param sql done before the first request, by a role for which there are no rules
 * @param undo committed after the last answer; without one, {@code sql} is held in an open transaction and rolled back
 */
public record Meanwhile(String sql, @Nullable String undo) {

    /** Begins it; closing what is returned ends it. */
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
