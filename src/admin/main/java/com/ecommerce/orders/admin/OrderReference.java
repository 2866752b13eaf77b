package com.ecommerce.orders.admin;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A reference to an order that belonged to an erased person, if no event of a backup may name the person. The reference
 * has no personal data. An order can change, so the reference is valid only for the states of the order from
 * {@code version} until {@code until}.
 *
 * @param field the column of the order that named the person
 * @param version the version since which the column has named the person
 * @param until the time of the order's last change before the erasure
 */
record OrderReference(UUID order, Field field, int version, Instant until) {

    /** The columns of an order that can name a person. */
    enum Field {
        CUSTOMER_ID("customer_id"),
        CUSTOMER_EMAIL("customer_email"),
        CREATED_BY("created_by"),
        CREATED_BY_EMAIL("created_by_email"),
        /** No column. The order named no customer before it named the person, and all data about its customer was erased. */
        NO_CUSTOMER("NULL");

        private final String sql;

        Field(String sql) {
            this.sql = sql;
        }

        private boolean isCustomer() {
            return this == CUSTOMER_ID || this == CUSTOMER_EMAIL;
        }

        private static @Nullable Field of(ErasedPerson person, StoredOrder order) {
            if (person.has(order.customer())) {
                return person.id().equals(order.customer().id()) ? CUSTOMER_ID : CUSTOMER_EMAIL;
            }
            if (person.has(order.creator())) {
                return person.id().equals(order.creator().id()) ? CREATED_BY : CREATED_BY_EMAIL;
            }
            return null;
        }
    }

    /** An erased event has no customer any more, but its summary still says that the customer changed. */
    private static final String FIND =
            """
            SELECT coalesce(max(seq) FILTER (WHERE (summary #> '{changed}')::jsonb @> '"customer"'), 1),
                   min(seq) FILTER (WHERE by = ? OR by_email = ANY (?) OR changes #>> '{customer,id}' = ?
                       OR changes #>> '{customer,email}' = ANY (?))
              FROM public.order_events WHERE tenant_id = ? AND order_id = ?
            """;

    private static final String IS_VALID =
            " FROM public.orders WHERE tenant_id = ? AND order_id = ? AND version >= ? AND updated_at <= ?";

    /** Returns a reference to the column that names the person, or empty if all backups have an event with the name. */
    static Optional<OrderReference> find(
            Connection connection, String tenant, ErasedPerson person, UUID id, StoredOrder order) throws SQLException {
        Field field = Field.of(person, order);
        if (field == null) {
            return Optional.empty();
        }
        try (PreparedStatement query = connection.prepareStatement(FIND)) {
            for (int i = 1; i <= 3; i += 2) {
                query.setString(i, person.id());
                query.setArray(
                        i + 1,
                        connection.createArrayOf("text", person.spellings().toArray()));
            }
            query.setString(5, tenant);
            query.setObject(6, id);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                int since = field.isCustomer() ? row.getInt(1) : 1;
                boolean isNamedByEvent = row.getInt(2) <= since && !row.wasNull();
                return isNamedByEvent
                        ? Optional.empty()
                        : Optional.of(new OrderReference(id, field, since, order.updatedAt()));
            }
        }
    }

    /** Returns the id or e-mail in the column, or empty if the order does not exist or is in another state. */
    Optional<String> read(Connection connection, String tenant) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT " + field.sql + IS_VALID)) {
            bind(query, tenant);
            try (ResultSet row = query.executeQuery()) {
                return Optional.ofNullable(row.next() ? row.getString(1) : null)
                        .filter(name -> !name.equals(CustomerErasure.ERASED));
            }
        }
    }

    /** Tells whether the order is in a state from before it named a customer. */
    boolean isWithoutCustomer(Connection connection, String tenant) throws SQLException {
        if (field != Field.NO_CUSTOMER) {
            return false;
        }
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT order_id" + IS_VALID + " AND customer_id IS NULL AND customer_email IS NULL")) {
            bind(query, tenant);
            try (ResultSet row = query.executeQuery()) {
                return row.next();
            }
        }
    }

    private void bind(PreparedStatement query, String tenant) throws SQLException {
        query.setString(1, tenant);
        query.setObject(2, order);
        query.setInt(3, version);
        query.setObject(4, until.atOffset(ZoneOffset.UTC));
    }
}
