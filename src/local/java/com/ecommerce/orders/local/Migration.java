package com.ecommerce.orders.local;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/**
 * Brings a database to the newest schema, as the owner of the tables, who need not be a superuser.
 *
 * @param url JDBC URL of the database
 */
record Migration(String url, String owner, @Nullable String ownerPassword) {

    /**
     * Makes the role, migrates, and grants the role what it may do. Safe to repeat.
     *
     * @return how many migrations were new
     */
    int run(AppRole role) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, owner, ownerPassword)) {
            role.apply(connection);
        }
        return Flyway.configure()
                .dataSource(url, owner, ownerPassword)
                .locations("classpath:db/migration")
                .placeholders(Map.of("app_role", role.name()))
                .validateMigrationNaming(true)
                .load()
                .migrate()
                .migrationsExecuted;
    }
}
