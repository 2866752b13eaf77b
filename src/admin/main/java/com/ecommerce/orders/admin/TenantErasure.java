package com.ecommerce.orders.admin;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The erasure of all data of a tenant. */
final class TenantErasure {

    private static final List<TenantTables> IN_ORDER_OF_ERASURE = List.of(
            TenantTables.KEYS,
            TenantTables.OUTBOX,
            TenantTables.LOG,
            TenantTables.EVENTS,
            TenantTables.TRANSACTIONS,
            TenantTables.FULFILLMENTS,
            TenantTables.CANCELLATIONS,
            TenantTables.RETURNS,
            TenantTables.ITEMS,
            TenantTables.ORDERS,
            TenantTables.FEEDS);

    private TenantErasure() {}

    /**
     * Erases all rows in one transaction, so no client sees a part of the data. A later event starts a new event log with
     * a new epoch, so that cursors of the erased log are refused. The caller commits the transaction or rolls it back.
     */
    static Result erase(Connection connection, String tenant) throws SQLException {
        connection.setAutoCommit(false);
        lockFeed(connection, tenant);
        lockOrders(connection, tenant);
        Map<TenantTables, Long> counts = new EnumMap<>(TenantTables.class);
        Instant newest = null;
        for (TenantTables table : IN_ORDER_OF_ERASURE) {
            if (table == TenantTables.ORDERS) {
                ErasedOrders orders = eraseOrders(connection, tenant);
                counts.put(table, orders.count());
                newest = orders.newest();
            } else {
                counts.put(table, eraseRows(connection, table, tenant));
            }
        }
        eraseRowsWithoutOrder(connection, tenant, counts);
        return new Result(counts, newest == null ? startOfTransaction(connection) : newest);
    }

    /**
     * Erases all orders that were placed until {@code end}, with all that belongs to them. If the tenant has newer orders,
     * the event log stays, and the log entries of erased orders keep their positions, with the type
     * {@code orders.event.removed.v1}. The caller commits the transaction or rolls it back.
     *
     * @return the number of erased rows of each table
     */
    static Map<TenantTables, Long> eraseUntil(Connection connection, String tenant, Instant end) throws SQLException {
        connection.setAutoCommit(false);
        lockFeed(connection, tenant);
        boolean hasNewer = lockOrders(connection, tenant).isAfter(end);
        Map<TenantTables, Long> counts = new EnumMap<>(TenantTables.class);
        for (TenantTables table : IN_ORDER_OF_ERASURE) {
            if (table != TenantTables.LOG && table != TenantTables.FEEDS) {
                counts.put(table, eraseRowsUntil(connection, table, tenant, end));
            } else if (!hasNewer) {
                counts.put(table, eraseRows(connection, table, tenant));
            }
        }
        eraseRowsWithoutOrder(connection, tenant, counts);
        // The lock of the feed added this row if the tenant had none.
        return TenantTables.isNothingButFeed(counts) ? Map.of() : counts;
    }

    /** An order that was placed since the first statement may be erased, but not its stored response and its outbox row. */
    private static void eraseRowsWithoutOrder(Connection connection, String tenant, Map<TenantTables, Long> counts)
            throws SQLException {
        for (TenantTables table : List.of(TenantTables.KEYS, TenantTables.OUTBOX)) {
            counts.merge(table, eraseWithoutOrder(connection, table, tenant), Long::sum);
        }
    }

    private static long eraseRowsUntil(Connection connection, TenantTables table, String tenant, Instant end)
            throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM public." + table.table()
                + " WHERE tenant_id = ? AND order_id IN"
                + " (SELECT order_id FROM public.orders WHERE tenant_id = ? AND created_at <= ?)")) {
            delete.setString(1, tenant);
            delete.setString(2, tenant);
            delete.setObject(3, end.atOffset(ZoneOffset.UTC));
            return delete.executeLargeUpdate();
        }
    }

    private static Instant startOfTransaction(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT now()");
                ResultSet row = query.executeQuery()) {
            row.next();
            return row.getObject(1, OffsetDateTime.class).toInstant();
        }
    }

    private static ErasedOrders eraseOrders(Connection connection, String tenant) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(
                "WITH erased AS (DELETE FROM public.orders WHERE tenant_id = ? RETURNING created_at)"
                        + " SELECT count(*), max(created_at) FROM erased")) {
            delete.setString(1, tenant);
            try (ResultSet row = delete.executeQuery()) {
                row.next();
                OffsetDateTime newest = row.getObject(2, OffsetDateTime.class);
                return new ErasedOrders(row.getLong(1), newest == null ? null : newest.toInstant());
            }
        }
    }

    private static long eraseRows(Connection connection, TenantTables table, String tenant) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM public." + table.table() + " WHERE tenant_id = ?")) {
            delete.setString(1, tenant);
            return delete.executeLargeUpdate();
        }
    }

    private static long eraseWithoutOrder(Connection connection, TenantTables table, String tenant)
            throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM public." + table.table()
                + " e WHERE e.tenant_id = ? AND NOT EXISTS"
                + " (SELECT FROM public.orders o WHERE o.tenant_id = ? AND o.order_id = e.order_id)")) {
            delete.setString(1, tenant);
            delete.setString(2, tenant);
            return delete.executeLargeUpdate();
        }
    }

    /**
     * Waits until no reader moves events to the log, so that no entry of the log is left over. Locks the row even if the
     * tenant has none yet: a first reader could be adding the row.
     */
    private static void lockFeed(Connection connection, String tenant) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO public.feeds (tenant_id, head, epoch) VALUES (?, 0, ?) ON CONFLICT DO NOTHING");
                PreparedStatement lock =
                        connection.prepareStatement("SELECT head FROM public.feeds WHERE tenant_id = ? FOR UPDATE")) {
            insert.setString(1, tenant);
            insert.setObject(2, UUID.randomUUID());
            insert.executeUpdate();
            lock.setString(1, tenant);
            lock.executeQuery();
        }
    }

    /**
     * Waits for running changes, so that their rows are counted and erased as well.
     *
     * @return the time of the newest order
     */
    private static Instant lockOrders(Connection connection, String tenant) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement(
                "SELECT max(created_at) FROM (SELECT created_at FROM public.orders WHERE tenant_id = ? FOR UPDATE) locked")) {
            lock.setString(1, tenant);
            try (ResultSet row = lock.executeQuery()) {
                row.next();
                OffsetDateTime newest = row.getObject(1, OffsetDateTime.class);
                return newest == null ? Instant.MIN : newest.toInstant();
            }
        }
    }

    /**
     * The result of an erasure.
     *
     * @param counts the number of erased rows of each table
     * @param at the time of the newest erased order; the start of the erasure if there was no order
     */
    record Result(Map<TenantTables, Long> counts, Instant at) {}

    /** The number of erased orders, and the time when the newest of them was placed. */
    private record ErasedOrders(long count, @Nullable Instant newest) {}
}
