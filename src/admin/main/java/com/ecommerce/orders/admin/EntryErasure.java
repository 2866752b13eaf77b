package com.ecommerce.orders.admin;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/**
 * The erasure of a person from the entries that an order has in one ledger. The entries stay: the amounts, the quantities,
 * the states and the times. Their {@code updated_at} stays too, because reports of a payment provider are compared with it.
 *
 * @param table the table of the ledger
 */
record EntryErasure(Connection connection, String tenant, ErasedPerson person, TenantTables table) {

    private static final String IS_CREATOR = "(created_by = ? OR created_by_email = ANY (?))";

    /**
     * Erases all data about the customer, and the person as the user who recorded an entry.
     *
     * @return the number of changed entries
     */
    int eraseWithCustomer(UUID order) throws SQLException {
        List<String> columns = PersonalData.columns(table.table(), PersonalData.Kind.CUSTOMER);
        return erase(
                order,
                ", " + String.join(" = NULL, ", columns) + " = NULL",
                " OR " + String.join(" IS NOT NULL OR ", columns) + " IS NOT NULL");
    }

    /**
     * Erases only the person as the user who recorded an entry.
     *
     * @return the number of changed entries
     */
    int eraseCreator(UUID order) throws SQLException {
        return erase(order, "", "");
    }

    private int erase(UUID order, String columns, String condition) throws SQLException {
        String sql = "UPDATE public." + table.table() + " SET created_by = CASE WHEN " + IS_CREATOR + " THEN '"
                + CustomerErasure.ERASED + "' ELSE created_by END, created_by_email = CASE WHEN " + IS_CREATOR
                + " THEN NULL ELSE created_by_email END" + columns + " WHERE tenant_id = ? AND order_id = ? AND ("
                + IS_CREATOR + condition + ")";
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            bindPerson(update, 1);
            bindPerson(update, 3);
            update.setString(5, tenant);
            update.setObject(6, order);
            bindPerson(update, 7);
            return update.executeUpdate();
        }
    }

    private void bindPerson(PreparedStatement update, int first) throws SQLException {
        update.setString(first, person.id());
        update.setArray(
                first + 1, connection.createArrayOf("text", person.spellings().toArray()));
    }
}
