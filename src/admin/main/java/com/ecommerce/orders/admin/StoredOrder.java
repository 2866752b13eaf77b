package com.ecommerce.orders.admin;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The personal data of an order in the database.
 *
 * @param erasure the merge patch that removes all data about the customer
 */
record StoredOrder(int version, Instant updatedAt, PersonName customer, PersonName creator, ObjectNode erasure) {

    /** The columns with data about the customer. */
    static final List<String> CUSTOMER_COLUMNS = PersonalData.columns("orders", PersonalData.Kind.CUSTOMER);

    static StoredOrder read(Connection connection, String tenant, UUID id) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT * FROM public.orders WHERE tenant_id = ? AND order_id = ?")) {
            query.setString(1, tenant);
            query.setObject(2, id);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return new StoredOrder(
                        row.getInt("version"),
                        row.getTimestamp("updated_at").toInstant(),
                        PersonName.of(row.getString("customer_id"), row.getString("customer_email")),
                        PersonName.of(row.getString("created_by"), row.getString("created_by_email")),
                        erasure(row));
            }
        }
    }

    /** Returns the merge patch that removes all data about the customer from the order in {@code row}. */
    private static ObjectNode erasure(ResultSet row) throws SQLException {
        ObjectNode patch = JsonMapper.shared().createObjectNode();
        for (String column : CUSTOMER_COLUMNS) {
            if (row.getString(column) != null) {
                patch.putNull(member(column));
            }
        }
        String discounts = row.getString("discounts");
        if (discounts != null
                && JsonMapper.shared().readTree(discounts) instanceof ArrayNode array
                && PersonalData.eraseCustomer(array, "discounts")) {
            patch.set("discounts", array);
        }
        return patch;
    }

    /** Returns the member of an order's JSON that contains the value of the column. */
    private static String member(String column) {
        if (column.startsWith("customer_")) {
            return "customer";
        }
        int underscore = column.indexOf('_');
        return underscore < 0
                ? column
                : column.substring(0, underscore)
                        + Character.toUpperCase(column.charAt(underscore + 1))
                        + column.substring(underscore + 2);
    }
}
