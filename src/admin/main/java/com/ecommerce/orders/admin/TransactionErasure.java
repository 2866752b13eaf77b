package com.ecommerce.orders.admin;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;

/**
 * The erasure of a person from an order's transactions. The transactions stay: the amounts, the states and the times. Their
 * {@code updated_at} stays too, because reports of a payment provider are compared with it.
 */
record TransactionErasure(Connection connection, String tenant, ErasedPerson person) {

    private static final String CUSTOMER_IS_NULL =
            String.join(" IS NULL AND ", PersonalData.columns("transactions", PersonalData.Kind.CUSTOMER)) + " IS NULL";
    private static final String WITHOUT_CUSTOMER =
            String.join(" = NULL, ", PersonalData.columns("transactions", PersonalData.Kind.CUSTOMER)) + " = NULL";
    private static final String IS_CREATOR = "(created_by = ? OR created_by_email = ANY (?))";
    private static final String UPDATE = "UPDATE public.transactions SET created_by = CASE WHEN " + IS_CREATOR
            + " THEN '" + CustomerErasure.ERASED + "' ELSE created_by END, created_by_email = CASE WHEN " + IS_CREATOR
            + " THEN NULL ELSE created_by_email END";
    private static final String WHERE = " WHERE tenant_id = ? AND order_id = ? AND (" + IS_CREATOR;

    /**
     * Erases all data about the customer, and the person as the user who recorded a transaction.
     *
     * @return the number of changed transactions
     */
    int eraseWithCustomer(UUID order) throws SQLException {
        return erase(order, UPDATE + ", " + WITHOUT_CUSTOMER + WHERE + " OR NOT (" + CUSTOMER_IS_NULL + "))");
    }

    /**
     * Erases only the person as the user who recorded a transaction.
     *
     * @return the number of changed transactions
     */
    int eraseCreator(UUID order) throws SQLException {
        return erase(order, UPDATE + WHERE + ")");
    }

    private int erase(UUID order, String sql) throws SQLException {
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
