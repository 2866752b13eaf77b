package com.ecommerce.orders.admin;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/** The tables that hold rows of tenants; an order before what hangs on it. */
enum TenantTables {
    ORDERS("orders", "order_id", "orders"),
    ITEMS("order_items", "order_id, line_number", "items"),
    EVENTS("order_events", "order_id, seq", "events"),
    KEYS("idempotency_keys", "key", "stored answers");

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

    /** The columns that tell the rows of a tenant apart. */
    String key() {
        return key;
    }

    /** How many rows a tenant has. */
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

    /** As in "2 orders, 3 items". */
    static String describe(Map<TenantTables, Long> counts) {
        StringJoiner text = new StringJoiner(", ");
        counts.forEach((table, count) -> text.add(count + " " + table.noun));
        return text.toString();
    }
}
