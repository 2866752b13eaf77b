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

/**
 * The customer of an order, as an event has changed the customer.
 *
 * @param seq the number of the event
 * @param given the id and e-mail in the event itself
 * @param current the id and e-mail that the order had after the event
 */
record NamedCustomer(int seq, PersonName given, PersonName current) {

    private static final PersonName NONE = new PersonName("", "");

    /** Returns the customers that an order has named, oldest first. */
    static List<NamedCustomer> readAll(Connection connection, String tenant, UUID order) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT seq, changes #> '{customer}' FROM public.order_events"
                        + " WHERE tenant_id = ? AND order_id = ? AND changes #> '{customer}' IS NOT NULL ORDER BY seq")) {
            query.setString(1, tenant);
            query.setObject(2, order);
            try (ResultSet rows = query.executeQuery()) {
                List<NamedCustomer> found = new ArrayList<>();
                PersonName current = NONE;
                while (rows.next()) {
                    JsonNode patch = JsonMapper.shared().readTree(rows.getString(2));
                    current = patch.isNull() ? NONE : merge(current, patch);
                    found.add(new NamedCustomer(rows.getInt(1), merge(NONE, patch), current));
                }
                return found;
            }
        }
    }

    /** Merges a JSON merge patch: an absent member keeps its value, and {@code null} removes the value. */
    private static PersonName merge(PersonName name, JsonNode patch) {
        return new PersonName(merge(name.id(), patch.path("id")), merge(name.email(), patch.path("email")));
    }

    private static String merge(String value, JsonNode patch) {
        return patch.isMissingNode() ? value : patch.asString("");
    }
}
