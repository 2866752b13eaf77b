package com.ecommerce.orders.admin;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The erasure of all data of a tenant. */
final class TenantErasure {

    private static final List<TenantTables> IN_ORDER_OF_ERASURE =
            List.of(TenantTables.KEYS, TenantTables.EVENTS, TenantTables.ITEMS, TenantTables.ORDERS);

    private TenantErasure() {}

    /**
     * Erases all rows in one transaction, so no client sees a part of the data.
     *
     * @return the number of erased rows of each table
     */
    static Map<TenantTables, Long> erase(Connection connection, String tenant) throws SQLException {
        connection.setAutoCommit(false);
        lockOrders(connection, tenant);
        Map<TenantTables, Long> counts = new EnumMap<>(TenantTables.class);
        for (TenantTables table : IN_ORDER_OF_ERASURE) {
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM public." + table.table() + " WHERE tenant_id = ?")) {
                delete.setString(1, tenant);
                counts.put(table, delete.executeLargeUpdate());
            }
        }
        connection.commit();
        return counts;
    }

    /** Waits for running changes, so that their rows are counted and erased as well. */
    private static void lockOrders(Connection connection, String tenant) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement(
                "SELECT count(*) FROM (SELECT FROM public.orders WHERE tenant_id = ? FOR UPDATE) locked")) {
            lock.setString(1, tenant);
            lock.executeQuery();
        }
    }
}
