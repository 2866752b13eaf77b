package com.ecommerce.orders.postgres;

import com.ecommerce.orders.operation.OrdersUnavailableException;
import com.ecommerce.orders.order.Readiness;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** The check that the database is reachable, migrated and protected by row-level security. */
final class PostgresReadiness implements Readiness {

    /** The newest migration that this version's statements need. */
    static final String MIGRATION = "005";

    private final Database database;

    PostgresReadiness(Database database) {
        this.database = database;
    }

    @Override
    public Optional<Failure> failure() {
        try {
            return database.read("SELECT r_check, r_detail FROM readiness_1(?)", PostgresReadiness::read, MIGRATION);
        } catch (OrdersUnavailableException e) {
            return Optional.of(database.diagnose(e));
        } catch (Database.StatementException e) {
            return Optional.of(new Failure("database", String.valueOf(e.getMessage())));
        }
    }

    private static Optional<Failure> read(ResultSet row) throws SQLException {
        row.next();
        String check = row.getString(1);
        return check == null ? Optional.empty() : Optional.of(new Failure(check, row.getString(2)));
    }
}
