package com.ecommerce.orders.admin;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A database that the owner of the tables must create. On Azure, a role of the platform can own a database that the
 * platform creates. Such a role also owns the schema public in the platform's templates.
 */
final class MissingDatabase {

    private MissingDatabase() {}

    /** Creates the database that {@code DB_URL} names if it does not exist. Safe to repeat. */
    static void create(OwnerLogin owner) throws SQLException {
        PGSimpleDataSource named = new PGSimpleDataSource();
        named.setUrl(owner.url());
        String name = String.valueOf(named.getDatabaseName());
        try (Connection connection = owner.connect("postgres")) {
            if (exists(connection, name)) {
                return;
            }
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE "
                        + connection.unwrap(PGConnection.class).escapeIdentifier(name)
                        + " TEMPLATE template0 ENCODING 'UTF8'");
            }
        }
    }

    private static boolean exists(Connection connection, String name) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT FROM pg_database WHERE datname = ?")) {
            query.setString(1, name);
            return query.executeQuery().next();
        }
    }
}
