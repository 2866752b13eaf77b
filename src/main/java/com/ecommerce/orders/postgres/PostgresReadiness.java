package com.ecommerce.orders.postgres;

import com.ecommerce.orders.order.OrdersUnavailableException;
import com.ecommerce.orders.order.Readiness;
import java.util.Optional;

/** Tells whether the database is there, migrated, and guarded as it must be. */
final class PostgresReadiness implements Readiness {

    /** The newest migration that this version's statements need. */
    static final String MIGRATION = "003";

    private final Database database;

    PostgresReadiness(Database database) {
        this.database = database;
    }

    @Override
    public Optional<String> failure() {
        try {
            return database.read(
                    "SELECT readiness_1(?)",
                    rows -> rows.next() ? Optional.ofNullable(rows.getString(1)) : Optional.empty(),
                    MIGRATION);
        } catch (OrdersUnavailableException e) {
            return Optional.of("database: " + e.getMessage());
        }
    }
}
