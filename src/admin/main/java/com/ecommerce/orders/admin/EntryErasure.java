package com.ecommerce.orders.admin;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The erasure of a person from the entries that an order has in one ledger. The entries stay: the amounts, the quantities,
 * the states and the times. Their {@code updated_at} stays too, because reports of a payment provider are compared with it.
 *
 * @param table the table of the ledger
 */
record EntryErasure(Connection connection, String tenant, ErasedPerson person, TenantTables table) {

    private static final String IS_CREATOR = "(created_by = ? OR created_by_email = ANY (?))";

    /**
     * Erases the person as the user who recorded an entry, and all data about the customer from the older entries.
     *
     * @param before the first {@code seq} whose entry keeps the data about the customer
     * @return the {@code seq} of each changed entry
     */
    Set<Integer> erase(UUID order, int before) throws SQLException {
        List<String> columns = PersonalData.columns(table.table(), PersonalData.Kind.CUSTOMER);
        String sql = "UPDATE public." + table.table() + " SET created_by = CASE WHEN " + IS_CREATOR + " THEN '"
                + CustomerErasure.ERASED + "' ELSE created_by END, created_by_email = CASE WHEN " + IS_CREATOR
                + " THEN NULL ELSE created_by_email END"
                + columns.stream()
                        .map(column ->
                                ", " + column + " = CASE WHEN seq < " + before + " THEN NULL ELSE " + column + " END")
                        .collect(Collectors.joining())
                + " WHERE tenant_id = ? AND order_id = ? AND (" + IS_CREATOR + " OR seq < " + before + " AND ("
                + String.join(" IS NOT NULL OR ", columns) + " IS NOT NULL)) RETURNING seq";
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            bindPerson(update, 1);
            bindPerson(update, 3);
            update.setString(5, tenant);
            update.setObject(6, order);
            bindPerson(update, 7);
            Set<Integer> changed = new HashSet<>();
            try (ResultSet rows = update.executeQuery()) {
                while (rows.next()) {
                    changed.add(rows.getInt(1));
                }
            }
            return changed;
        }
    }

    private void bindPerson(PreparedStatement update, int first) throws SQLException {
        update.setString(first, person.id());
        update.setArray(
                first + 1, connection.createArrayOf("text", person.spellings().toArray()));
    }
}
