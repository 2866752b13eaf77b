package com.ecommerce.orders.testkit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;

/** A tenant that no other test uses, and a token of its user. */
public record TestTenant(String name, String token) {

    public static TestTenant of(Tokens tokens) {
        String name = "t-" + UUID.randomUUID();
        return new TestTenant(
                name,
                tokens.mint(Map.of(
                        "tenant_id",
                        name,
                        "sub",
                        "alice",
                        "email",
                        "alice@example.org",
                        "scope",
                        "orders:read orders:write payments:write fulfillments:write")));
    }

    /** Opens a transaction of the tenant and executes {@code sql}. Every parameter of {@code sql} is the tenant. */
    public Connection transaction(String sql) throws SQLException {
        Connection connection = TestDatabase.get().connect();
        connection.setAutoCommit(false);
        execute(connection, "SELECT set_config('app.tenant_id', ?, true)");
        execute(connection, sql);
        return connection;
    }

    /** Executes a statement in the transaction. */
    public void execute(Connection transaction, String sql) throws SQLException {
        try (PreparedStatement statement = transaction.prepareStatement(sql)) {
            for (int i = 1; i <= statement.getParameterMetaData().getParameterCount(); i++) {
                statement.setString(i, name);
            }
            statement.execute();
        }
    }
}
