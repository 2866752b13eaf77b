package com.ecommerce.orders.admin;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The erasure of a person from the items and receipts of an order's returns. The quantities and amounts stay. */
record ReturnErasure(Connection connection, String tenant, ErasedPerson person) {

    private static final String FIND =
            "SELECT return_id, seq, items, receipts FROM public.returns WHERE tenant_id = ? AND order_id = ?";
    private static final String UPDATE =
            "UPDATE public.returns SET items = ?::json, receipts = ?::json WHERE tenant_id = ? AND return_id = ?";

    /**
     * Erases the person as the user who recorded a receipt, and the customer's reasons from the older returns.
     *
     * @param before the first {@code seq} whose return keeps the reasons
     * @return the {@code seq} of each changed return
     */
    Set<Integer> erase(UUID order, int before) throws SQLException {
        Set<Integer> changed = new HashSet<>();
        try (PreparedStatement query = connection.prepareStatement(FIND)) {
            query.setString(1, tenant);
            query.setObject(2, order);
            query.setFetchSize(CustomerErasure.BIG_ROWS_AT_ONCE);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    if (eraseFrom(rows, before)) {
                        changed.add(rows.getInt("seq"));
                    }
                }
            }
        }
        return changed;
    }

    private boolean eraseFrom(ResultSet row, int before) throws SQLException {
        JsonNode items = JsonMapper.shared().readTree(row.getString("items"));
        JsonNode receipts = JsonMapper.shared().readTree(row.getString("receipts"));
        boolean changed = person.eraseCreators(receipts);
        if (row.getInt("seq") < before) {
            for (JsonNode item : items) {
                changed |= ((ObjectNode) item).remove("reason") != null;
            }
        }
        if (changed) {
            update(row.getObject("return_id", UUID.class), items, receipts);
        }
        return changed;
    }

    private void update(UUID id, JsonNode items, JsonNode receipts) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(UPDATE)) {
            update.setString(1, items.toString());
            update.setString(2, receipts.toString());
            update.setString(3, tenant);
            update.setObject(4, id);
            update.executeUpdate();
        }
    }
}
