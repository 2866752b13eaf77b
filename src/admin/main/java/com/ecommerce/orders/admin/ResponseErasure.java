package com.ecommerce.orders.admin;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The erasure of a person from stored responses. A response is an order or a transaction. The responses stay. Without them a retry would place an order again. */
record ResponseErasure(Connection connection, String tenant, ErasedPerson person) {

    private static final String FIND =
            "SELECT key, order_id, answer FROM public.idempotency_keys WHERE tenant_id = ? AND order_id = ANY (?)";
    private static final String UPDATE =
            "UPDATE public.idempotency_keys SET answer = ? WHERE tenant_id = ? AND key = ?";

    /**
     * Erases the person from the responses of these orders.
     *
     * @param orders the orders, each with the fact whether all data about its customer is erased
     * @return the number of changed responses
     */
    int erase(Map<UUID, Boolean> orders) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(FIND);
                PreparedStatement update = connection.prepareStatement(UPDATE)) {
            query.setString(1, tenant);
            query.setArray(2, connection.createArrayOf("uuid", orders.keySet().toArray()));
            query.setFetchSize(CustomerErasure.BIG_ROWS_AT_ONCE);
            return erase(orders, query, update);
        }
    }

    private int erase(Map<UUID, Boolean> orders, PreparedStatement query, PreparedStatement update)
            throws SQLException {
        int changed = 0;
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                changed += erase(rows, orders.getOrDefault(rows.getObject(2, UUID.class), false), update);
            }
        }
        return changed;
    }

    private int erase(ResultSet row, boolean own, PreparedStatement update) throws SQLException {
        String response = row.getString(3);
        ObjectNode document = (ObjectNode) JsonMapper.shared().readTree(response);
        boolean erased = own && PersonalData.eraseCustomer(document);
        erased |= person.eraseCreator(document);
        if (!erased) {
            return 0;
        }
        update.setString(1, document.toString());
        update.setString(2, tenant);
        update.setString(3, row.getString(1));
        return update.executeUpdate();
    }
}
