package com.ecommerce.orders.admin;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/**
 * The migration of a database to the newest schema. The owner of the tables runs it and need not be a superuser.
 *
 * @param url the JDBC URL of the database
 */
public record Migration(String url, String owner, @Nullable String ownerPassword) {

    /** Citus refuses some migrations in its parallel mode. PostgreSQL without Citus ignores the second setting. */
    private static final String SESSION =
            "SET search_path = public, pg_temp; SET citus.multi_shard_modify_mode = 'sequential'";

    /**
     * Creates the role, migrates the schema, and grants the role its rights. Safe to repeat.
     *
     * @return the number of new migrations
     */
    public int run(AppRole role) throws SQLException {
        OwnerLogin login = new OwnerLogin(url, owner, ownerPassword);
        prepare(login, role);
        int count = migrate(role);
        // This step must be the last one. From PostgreSQL 16 on, an owner is a member of the role that it created. If
        // the
        // role is in rds_iam, RDS refuses the owner's password at the next connection.
        try (Connection connection = login.connect()) {
            role.setLogin(connection);
        }
        return count;
    }

    private static void prepare(OwnerLogin login, AppRole role) throws SQLException {
        try (Connection connection = login.connect()) {
            MigrationPreconditions.establish(connection);
            role.create(connection);
        }
    }

    private int migrate(AppRole role) {
        return Flyway.configure()
                .dataSource(url, owner, ownerPassword)
                .initSql(SESSION)
                .defaultSchema("public")
                .locations("classpath:db/migration")
                .placeholders(Map.of("app_role", role.name()))
                .validateMigrationNaming(true)
                .load()
                .migrate()
                .migrationsExecuted;
    }
}
