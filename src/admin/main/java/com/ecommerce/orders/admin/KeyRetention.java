package com.ecommerce.orders.admin;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The removal of old idempotency keys with their stored responses. The writes of a tenant remove the tenant's old keys
 * automatically. This class is for tenants that no longer write.
 */
final class KeyRetention {

    /** The shortest time for which the contract promises to keep a key. */
    static final Duration SHORTEST = Duration.ofDays(3);

    private static final String CUTOFF = "now() - make_interval(hours => ?)";

    private KeyRetention() {}

    /**
     * Removes the keys tenant by tenant, so that no lock is held for long.
     *
     * @return the number of removed keys
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
