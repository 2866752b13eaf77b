package com.ecommerce.orders.admin;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** An export of all data of a tenant as NDJSON. Each row is a line: {@code {"table":"orders","row":{...}}}. */
final class TenantExport {

    private static final int ROWS_AT_ONCE = 500;

    private TenantExport() {}

    /**
     * Writes all rows as they are at one moment.
     *
     * @return the number of rows of each table
     */
    static Map<TenantTables, Long> write(Connection connection, String tenant, PrintWriter out) throws SQLException {
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setReadOnly(true);
        connection.setAutoCommit(false);
        Map<TenantTables, Long> counts = new LinkedHashMap<>();
        for (TenantTables table : TenantTables.values()) {
            counts.put(table, write(connection, tenant, table, out));
        }
        connection.commit();
        return counts;
    }

    private static long write(Connection connection, String tenant, TenantTables table, PrintWriter out)
            throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT row_to_json(t)::text FROM public."
                + table.table() + " t WHERE t.tenant_id = ? ORDER BY " + table.key())) {
            query.setFetchSize(ROWS_AT_ONCE);
            query.setString(1, tenant);
            try (ResultSet rows = query.executeQuery()) {
                long count = 0;
                for (; rows.next(); count++) {
                    out.print(line(table, rows.getString(1)));
                }
                return count;
            }
        }
    }

    private static String line(TenantTables table, String json) {
        // In JSON, line breaks stand only between tokens.
        String row = json.replace('\n', ' ').replace('\r', ' ');
        return "{\"table\":\"" + table.table() + "\",\"row\":" + row + "}\n";
    }
}
