package com.ecommerce.orders.admin;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The erasure of a person from one order. A new version and a new event tell caches and clients about the change. */
record OrderErasure(Connection connection, String tenant, ErasedPerson person) {

    /** The user who makes the change, according to its event. */
    static final String OPERATOR = "operator";

    private static final String UPDATE = "UPDATE public.orders SET version = ?, updated_at = ?,"
            + " created_by = ?, created_by_email = ?, discounts = coalesce(?::json, discounts)";
    private static final String WHERE =
            " WHERE tenant_id = ? AND order_id = ? RETURNING external_ref, status, payment_status,"
                    + " fulfillment_status, currency, grand_total";
    private static final String WITHOUT_CUSTOMER =
            ", " + String.join(" = NULL, ", StoredOrder.CUSTOMER_COLUMNS) + " = NULL";
    private static final String RECORD_EVENT =
            "SELECT public.record_event_1(?, ?, ?, ?, 'ORDER_ERASED', ?, ?, NULL, ?::json, ?::json, ?, ?, ?, ?, ?, ?)";

    /** Erases all data about the customer, and the person as the user who placed the order. */
    void eraseWithCustomer(UUID id, StoredOrder order) throws SQLException {
        erase(id, order, UPDATE + WITHOUT_CUSTOMER + WHERE, order.erasure());
    }

    /** Keeps the data about the customer. Erases the person if the person is the user who placed the order. */
    void eraseWithoutCustomer(UUID id, StoredOrder order) throws SQLException {
        erase(id, order, UPDATE + WHERE, JsonMapper.shared().createObjectNode());
    }

    private void erase(UUID id, StoredOrder order, String sql, ObjectNode changes) throws SQLException {
        PersonName creator = order.creator();
        boolean isCreator = person.has(creator);
        Instant at = notBefore(order.updatedAt());
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setInt(1, order.version() + 1);
            update.setObject(2, at.atOffset(ZoneOffset.UTC));
            update.setString(3, isCreator ? CustomerErasure.ERASED : creator.id());
            update.setString(4, isCreator ? null : creator.storedEmail());
            update.setString(5, text(changes.get("discounts")));
            update.setString(6, tenant);
            update.setObject(7, id);
            try (ResultSet updated = update.executeQuery()) {
                updated.next();
                recordEvent(id, order.version() + 1, at, changes, updated);
            }
        }
    }

    private static Instant notBefore(Instant updatedAt) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        return now.isBefore(updatedAt) ? updatedAt : now;
    }

    private static @Nullable String text(@Nullable JsonNode discounts) {
        return discounts == null ? null : discounts.toString();
    }

    /** Stores the event of the change and announces it to the readers of the event log, as the API does. */
    private void recordEvent(UUID id, int version, Instant at, ObjectNode changes, ResultSet order)
            throws SQLException {
        try (PreparedStatement call = connection.prepareStatement(RECORD_EVENT)) {
            call.setString(1, tenant);
            call.setObject(2, id);
            call.setInt(3, version);
            call.setObject(4, UUID.randomUUID());
            call.setObject(5, at.atOffset(ZoneOffset.UTC));
            call.setString(6, OPERATOR);
            call.setString(7, changes.toString());
            call.setString(8, JsonMapper.shared().writeValueAsString(changes.propertyNames()));
            call.setString(9, order.getString("external_ref"));
            call.setString(10, order.getString("status"));
            call.setString(11, order.getString("payment_status"));
            call.setString(12, order.getString("fulfillment_status"));
            call.setString(13, order.getString("currency"));
            call.setLong(14, order.getLong("grand_total"));
            call.executeQuery();
        }
    }
}
