package com.ecommerce.orders.admin;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Removes old answers of idempotency keys, with all that they hold. A tenant's own writes do so in passing; this is for
 * tenants that have fallen silent.
 */
final class KeyRetention {

    /** What the contract promises to keep. */
    static final Duration SHORTEST = Duration.ofDays(3);

    private static final String CUTOFF = "now() - make_interval(hours => ?)";

    private KeyRetention() {}

    /**
     * Removes tenant by tenant, so that no lock is held for long.
     *
     * @return how many keys
     */
    static long purge(Connection connection, Duration age) throws SQLException {
        long count = 0;
        for (String tenant : tenants(connection, age)) {
            try (PreparedStatement delete = connection.prepareStatement(
                    "DELETE FROM public.idempotency_keys WHERE tenant_id = ? AND created_at < " + CUTOFF)) {
                delete.setString(1, tenant);
                delete.setInt(2, Math.toIntExact(age.toHours()));
                count += delete.executeLargeUpdate();
            }
        }
        return count;
    }

    private static List<String> tenants(Connection connection, Duration age) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT DISTINCT tenant_id FROM public.idempotency_keys WHERE created_at < " + CUTOFF)) {
            query.setInt(1, Math.toIntExact(age.toHours()));
            try (ResultSet rows = query.executeQuery()) {
                List<String> tenants = new ArrayList<>();
                while (rows.next()) {
                    tenants.add(rows.getString(1));
                }
                return tenants;
            }
        }
    }
}
