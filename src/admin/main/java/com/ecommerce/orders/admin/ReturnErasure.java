package com.ecommerce.orders.admin;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The erasure of a person from the items and receipts of an order's returns. The quantities and amounts stay. */
record ReturnErasure(Connection connection, String tenant, ErasedPerson person) {

    private static final String FIND =
            "SELECT return_id, items, receipts FROM public.returns WHERE tenant_id = ? AND order_id = ?";
    private static final String UPDATE =
            "UPDATE public.returns SET items = ?::json, receipts = ?::json WHERE tenant_id = ? AND return_id = ?";

    /**
     * Erases the person as the user who recorded a receipt.
     *
     * @param withCustomer also erases the reasons of the customer
     * @return the number of changed returns
     */
    int erase(UUID order, boolean withCustomer) throws SQLException {
        int changed = 0;
        try (PreparedStatement query = connection.prepareStatement(FIND)) {
            query.setString(1, tenant);
            query.setObject(2, order);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    changed += erase(rows, withCustomer);
                }
            }
        }
        return changed;
    }

    private int erase(ResultSet row, boolean withCustomer) throws SQLException {
        JsonNode items = JsonMapper.shared().readTree(row.getString("items"));
        JsonNode receipts = JsonMapper.shared().readTree(row.getString("receipts"));
        boolean changed = person.eraseCreators(receipts);
        if (withCustomer) {
            for (JsonNode item : items) {
                changed |= ((ObjectNode) item).remove("reason") != null;
            }
        }
        return changed ? update(row.getObject("return_id", UUID.class), items, receipts) : 0;
    }

    private int update(UUID id, JsonNode items, JsonNode receipts) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(UPDATE)) {
            update.setString(1, items.toString());
            update.setString(2, receipts.toString());
            update.setString(3, tenant);
            update.setObject(4, id);
            return update.executeUpdate();
        }
    }
}
