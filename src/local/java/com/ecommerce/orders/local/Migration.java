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
        try (Connection connection = connect()) {
            role.create(connection);
        }
        int count = Flyway.configure()
                .dataSource(url, owner, ownerPassword)
                .locations("classpath:db/migration")
                .placeholders(Map.of("app_role", role.name()))
                .validateMigrationNaming(true)
                .load()
                .migrate()
                .migrationsExecuted;
        // Last: from PostgreSQL 16 on an owner that made a role is a member of it, and with a role in rds_iam RDS
        // refuses
        // the owner's password at the next connection.
        try (Connection connection = connect()) {
            role.setLogin(connection);
        }
        return count;
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(url, owner, ownerPassword);
    }
}
