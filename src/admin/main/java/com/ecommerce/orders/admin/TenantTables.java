package com.ecommerce.orders.admin;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/** The tables that hold rows of tenants. Orders come before the rows that belong to an order. */
enum TenantTables {
    ORDERS("orders", "order_id", "orders"),
    ITEMS("order_items", "order_id, line_number", "items"),
    TRANSACTIONS("transactions", "order_id, seq", "transactions"),
    FULFILLMENTS("fulfillments", "order_id, seq", "fulfillments"),
    CANCELLATIONS("cancellations", "order_id, seq", "cancellations"),
    RETURNS("returns", "order_id, seq", "returns"),
    EVENTS("order_events", "order_id, seq", "events"),
    KEYS("idempotency_keys", "key", "stored responses"),
    OUTBOX("outbox", "at, order_id, seq", "events without a position"),
    LOG("event_log", "position", "entries of the event log"),
    FEEDS("feeds", "tenant_id", "event logs");

    private final String table;
    private final String key;
    private final String noun;

    TenantTables(String table, String key, String noun) {
        this.table = table;
        this.key = key;
        this.noun = noun;
    }

    String table() {
        return table;
    }

    /** Returns the columns that identify a row of a tenant. */
    String key() {
        return key;
    }

    /** Returns the number of rows that a tenant has in each table. */
    static Map<TenantTables, Long> count(Connection connection, String tenant) throws SQLException {
        Map<TenantTables, Long> counts = new LinkedHashMap<>();
        for (TenantTables table : values()) {
            try (PreparedStatement query = connection.prepareStatement(
                    "SELECT count(*) FROM public." + table.table + " WHERE tenant_id = ?")) {
                query.setString(1, tenant);
                try (ResultSet row = query.executeQuery()) {
                    row.next();
                    counts.put(table, row.getLong(1));
                }
            }
        }
        return counts;
    }

    static boolean isNothing(Map<TenantTables, Long> counts) {
        return counts.values().stream().allMatch(count -> count == 0);
    }

    /** Tells whether there is no row except the row that starts an event log. */
    static boolean isNothingButFeed(Map<TenantTables, Long> counts) {
        return counts.entrySet().stream().allMatch(count -> count.getKey() == FEEDS || count.getValue() == 0);
    }

    /** Returns a text such as "2 orders, 3 items". */
    static String describe(Map<TenantTables, Long> counts) {
        StringJoiner text = new StringJoiner(", ");
        counts.forEach((table, count) -> text.add(count + " " + table.noun));
        return text.toString();
    }
}
