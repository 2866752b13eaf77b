package com.ecommerce.orders.admin;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The personal data of an event in an order's history. */
record StoredEvent(int seq, PersonName actor, String changes, PersonName customer) {

    static List<StoredEvent> readAll(Connection connection, String tenant, UUID order) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT seq, by, by_email, changes::text"
                + " FROM public.order_events WHERE tenant_id = ? AND order_id = ? ORDER BY seq")) {
            query.setString(1, tenant);
            query.setObject(2, order);
            try (ResultSet rows = query.executeQuery()) {
                List<StoredEvent> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(read(rows));
                }
                return found;
            }
        }
    }

    private static StoredEvent read(ResultSet row) throws SQLException {
        JsonNode customer = JsonMapper.shared().readTree(row.getString(4)).path("customer");
        return new StoredEvent(
                row.getInt(1),
                PersonName.of(row.getString(2), row.getString(3)),
                row.getString(4),
                new PersonName(
                        customer.path("id").asString(""), customer.path("email").asString("")));
    }
}
