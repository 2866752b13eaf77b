package com.ecommerce.orders.admin;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The person whose data is erased. Ids are compared exactly, and e-mails without regard to case ({@link CaseFolding}).
 *
 * @param id the id of a customer or user, or an e-mail
 * @param spellings the stored spellings of the person's e-mail
 * @param otherNames other ids and e-mails that the same orders have for the person
 */
record ErasedPerson(String id, SortedSet<String> spellings, SortedSet<String> otherNames) {

    private static final String EMAILS =
            """
            SELECT customer_email FROM public.orders WHERE tenant_id = ?
             UNION SELECT created_by_email FROM public.orders WHERE tenant_id = ?
             UNION SELECT by_email FROM public.order_events WHERE tenant_id = ?
             UNION SELECT changes #>> '{customer,email}' FROM public.order_events WHERE tenant_id = ?
            """;

    /** Returns the person with all spellings of the e-mail in the tenant's rows. */
    static ErasedPerson find(Connection connection, String tenant, String id) throws SQLException {
        ErasedPerson person = new ErasedPerson(id, new TreeSet<>(), new TreeSet<>());
        try (PreparedStatement query = connection.prepareStatement(EMAILS)) {
            for (int i = 1; i <= 4; i++) {
                query.setString(i, tenant);
            }
            query.setFetchSize(CustomerErasure.ROWS_AT_ONCE);
            person.addSpellings(query);
        }
        return person;
    }

    /** Returns a person whom no order names. */
    static ErasedPerson nameless() {
        return new ErasedPerson(UUID.randomUUID().toString(), new TreeSet<>(), new TreeSet<>());
    }

    /** Compares the e-mails in Java, because PostgreSQL compares letters by the locale of the database. */
    private void addSpellings(PreparedStatement emails) throws SQLException {
        String folded = CaseFolding.fold(id);
        try (ResultSet rows = emails.executeQuery()) {
            while (rows.next()) {
                String email = rows.getString(1);
                if (email != null && CaseFolding.fold(email).equals(folded)) {
                    spellings.add(email);
                }
            }
        }
    }

    /** Tells whether the name is the name of this person. */
    boolean has(PersonName name) {
        return name.id().equals(id) || spellings.contains(name.email());
    }

    /**
     * Erases this person as the creator from the JSON of an order or of an entry of a ledger.
     *
     * @return {@code true} if the document named this person
     */
    boolean eraseCreator(ObjectNode document) {
        boolean isNamed = eraseName(document);
        return eraseCreators(document.path("receipts")) || isNamed;
    }

    /**
     * Erases this person as the creator from all objects of an array.
     *
     * @return {@code true} if an object named this person
     */
    boolean eraseCreators(JsonNode documents) {
        boolean erased = false;
        for (JsonNode document : documents) {
            erased |= document instanceof ObjectNode object && eraseName(object);
        }
        return erased;
    }

    private boolean eraseName(ObjectNode document) {
        PersonName creator = new PersonName(
                document.path("createdBy").asString(""),
                document.path("createdByEmail").asString(""));
        if (!has(creator)) {
            return false;
        }
        document.put("createdBy", CustomerErasure.ERASED);
        document.remove("createdByEmail");
        return true;
    }

    /** Keeps the other half of the name, if the name is the name of this person. */
    void noteOtherNames(PersonName name) {
        if (has(name)) {
            for (String other : List.of(name.id(), name.email())) {
                if (!other.isEmpty() && !other.equals(id) && !spellings.contains(other)) {
                    otherNames.add(other);
                }
            }
        }
    }
}
