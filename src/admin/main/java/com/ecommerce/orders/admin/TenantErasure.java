package com.ecommerce.orders.admin;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Takes away everything that is stored of a tenant. */
final class TenantErasure {

    private static final List<TenantTables> WHAT_HANGS_ON_AN_ORDER_FIRST =
            List.of(TenantTables.KEYS, TenantTables.EVENTS, TenantTables.ITEMS, TenantTables.ORDERS);

    private TenantErasure() {}

    /**
     * Erases all in one transaction: nobody ever sees a part.
     *
     * @return how many rows
     */
    static Map<TenantTables, Long> erase(Connection connection, String tenant) throws SQLException {
        connection.setAutoCommit(false);
        lockOrders(connection, tenant);
        Map<TenantTables, Long> counts = new EnumMap<>(TenantTables.class);
        for (TenantTables table : WHAT_HANGS_ON_AN_ORDER_FIRST) {
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM public." + table.table() + " WHERE tenant_id = ?")) {
                delete.setString(1, tenant);
                counts.put(table, delete.executeLargeUpdate());
            }
        }
        connection.commit();
        return counts;
    }

    /** Waits for changes under way, so that what they write is counted as well. */
    private static void lockOrders(Connection connection, String tenant) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement(
                "SELECT count(*) FROM (SELECT FROM public.orders WHERE tenant_id = ? FOR UPDATE) locked")) {
            lock.setString(1, tenant);
            lock.executeQuery();
        }
    }
}
