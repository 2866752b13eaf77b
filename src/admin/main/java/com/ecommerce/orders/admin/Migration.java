package com.ecommerce.orders.admin;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/**
 * Brings a database to the newest schema, as the owner of the tables, who need not be a superuser.
 *
 * @param url JDBC URL of the database
 */
public record Migration(String url, String owner, @Nullable String ownerPassword) {

    /** Citus refuses some migrations in its parallel mode. PostgreSQL without Citus ignores the second setting. */
    private static final String SESSION =
            "SET search_path = public, pg_temp; SET citus.multi_shard_modify_mode = 'sequential'";

    /**
     * Makes the role, migrates, and grants the role what it may do. Safe to repeat.
     *
     * @return how many migrations were new
     */
    public int run(AppRole role) throws SQLException {
        OwnerLogin login = new OwnerLogin(url, owner, ownerPassword);
        try (Connection connection = login.connect()) {
            MigrationPreconditions.establish(connection);
            role.create(connection);
        }
        int count = Flyway.configure()
                .dataSource(url, owner, ownerPassword)
                .initSql(SESSION)
                .defaultSchema("public")
                .locations("classpath:db/migration")
                .placeholders(Map.of("app_role", role.name()))
                .validateMigrationNaming(true)
                .load()
                .migrate()
                .migrationsExecuted;
        // Last: from PostgreSQL 16 on an owner that made a role is a member of it, and with a role in rds_iam RDS
        // refuses the owner's password at the next connection.
        try (Connection connection = login.connect()) {
            role.setLogin(connection);
        }
        return count;
    }
}
