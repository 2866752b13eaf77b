package com.ecommerce.orders.admin;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A place where an event named an erased person. The place has no personal data. In a backup from before the erasure, the
 * place still has the name of the person. An event never changes, except by an erasure, so the place never names any other
 * person.
 *
 * @param change the id of the change that the event reports
 * @param field the field of the event that named the person
 */
record PersonReference(UUID order, UUID change, Field field) {

    /** The fields of an event that can name a person. */
    enum Field {
        USER_ID("by"),
        USER_EMAIL("by_email"),
        CUSTOMER_ID("changes #>> '{customer,id}'"),
        CUSTOMER_EMAIL("changes #>> '{customer,email}'");

        private final String sql;

        Field(String sql) {
            this.sql = sql;
        }
    }

    /** Finds one place in each order, the oldest one. A backup that knows the person in this order has the place. */
    private static final String FIND =
            """
            SELECT DISTINCT ON (order_id) order_id, change_id,
                   CASE WHEN by = ? THEN 'USER_ID' WHEN by_email = ANY (?) THEN 'USER_EMAIL'
                        WHEN changes #>> '{customer,id}' = ? THEN 'CUSTOMER_ID' ELSE 'CUSTOMER_EMAIL' END
              FROM public.order_events
             WHERE tenant_id = ? AND (by = ? OR by_email = ANY (?) OR changes #>> '{customer,id}' = ?
                OR changes #>> '{customer,email}' = ANY (?))
             ORDER BY order_id, seq
            """;

    /** Returns the places that name the person. */
    static List<PersonReference> findAll(Connection connection, String tenant, ErasedPerson person)
            throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(FIND)) {
            Array emails = connection.createArrayOf("text", person.spellings().toArray());
            for (int id : new int[] {1, 3, 5, 7}) {
                query.setString(id, person.id());
            }
            for (int email : new int[] {2, 6, 8}) {
                query.setArray(email, emails);
            }
            query.setString(4, tenant);
            try (ResultSet rows = query.executeQuery()) {
                List<PersonReference> references = new ArrayList<>();
                while (rows.next()) {
                    references.add(new PersonReference(
                            rows.getObject(1, UUID.class),
                            rows.getObject(2, UUID.class),
                            Field.valueOf(rows.getString(3))));
                }
                return references;
            }
        }
    }

    /** Returns the id or e-mail in this place, or empty if the place does not exist or has been erased. */
    Optional<String> read(Connection connection, String tenant) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT " + field.sql
                + " FROM public.order_events WHERE tenant_id = ? AND order_id = ? AND change_id = ?")) {
            query.setString(1, tenant);
            query.setObject(2, order);
            query.setObject(3, change);
            try (ResultSet row = query.executeQuery()) {
                return Optional.ofNullable(row.next() ? row.getString(1) : null)
                        .filter(name -> !name.equals(CustomerErasure.ERASED));
            }
        }
    }
}
