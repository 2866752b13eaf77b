package com.ecommerce.orders.admin;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The erasure of one person's data from a tenant's orders. The orders stay: the articles, the prices and the times.
 *
 * <p>An order belongs to the person if it names them as its customer, now or in its history, or if it never named a
 * customer and they placed it. From such an order all personal data is erased ({@link PersonalData}). If the order names
 * another customer now, only the history is erased. The id and e-mail that the person has as a user are erased from every
 * order.
 *
 * <p>Ids are compared exactly, and e-mails without regard to case ({@link CaseFolding}).
 */
final class CustomerErasure {

    /** The replacement for a user's id, because an order and an event must have one. */
    static final String ERASED = "erased";

    /** The user who makes the change, according to its event. */
    static final String OPERATOR = "operator";

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final String EMAILS =
            """
            SELECT customer_email FROM public.orders WHERE tenant_id = ?
             UNION SELECT created_by_email FROM public.orders WHERE tenant_id = ?
             UNION SELECT by_email FROM public.order_events WHERE tenant_id = ?
             UNION SELECT changes #>> '{customer,email}' FROM public.order_events WHERE tenant_id = ?
            """;

    private static final String FIND =
            """
            SELECT o.order_id FROM public.orders o
             WHERE o.tenant_id = ? AND (o.customer_id = ? OR o.customer_email = ANY (?)
                OR o.created_by = ? OR o.created_by_email = ANY (?)
                OR EXISTS (SELECT FROM public.order_events e
                            WHERE e.tenant_id = ? AND e.tenant_id = o.tenant_id AND e.order_id = o.order_id
                              AND (e.by = ? OR e.by_email = ANY (?) OR e.changes #>> '{customer,id}' = ?
                                   OR e.changes #>> '{customer,email}' = ANY (?))))
             ORDER BY o.order_id FOR UPDATE OF o
            """;

    private static final int ROWS_AT_ONCE = 500;
    private static final List<String> CUSTOMER_COLUMNS = PersonalData.columns("orders", PersonalData.Kind.CUSTOMER);

    private final Connection connection;
    private final String tenant;
    private final String person;
    private final String foldedPerson;
    private final Map<UUID, Boolean> theirs = new HashMap<>();
    private final SortedSet<String> spellings = new TreeSet<>();
    private final SortedSet<String> otherNames = new TreeSet<>();
    private int orders;
    private int events;
    private int responses;

    private CustomerErasure(Connection connection, String tenant, String person) {
        this.connection = connection;
        this.tenant = tenant;
        this.person = person;
        this.foldedPerson = CaseFolding.fold(person);
    }

    /**
     * Erases the data in one transaction. The caller commits the transaction or rolls it back.
     *
     * @param person the id of a customer or user, or an e-mail; the case of an e-mail doesn't matter
     */
    static Result erase(Connection connection, String tenant, String person) throws SQLException {
        connection.setAutoCommit(false);
        CustomerErasure erasure = new CustomerErasure(connection, tenant, person);
        erasure.findSpellings();
        for (UUID order : erasure.find()) {
            erasure.eraseFrom(order);
        }
        erasure.eraseFromResponses();
        return new Result(erasure.orders, erasure.events, erasure.responses, erasure.spellings, erasure.otherNames);
    }

    /** Compares the e-mails in Java, because PostgreSQL compares letters by the locale of the database. */
    private void findSpellings() throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(EMAILS)) {
            for (int i = 1; i <= 4; i++) {
                query.setString(i, tenant);
            }
            query.setFetchSize(ROWS_AT_ONCE);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    String email = rows.getString(1);
                    if (email != null && isPerson(email)) {
                        spellings.add(email);
                    }
                }
            }
        }
    }

    private boolean isPerson(String email) {
        return CaseFolding.fold(email).equals(foldedPerson);
    }

    private boolean isPerson(Name name) {
        return name.id().equals(person) || spellings.contains(name.email());
    }

    private List<UUID> find() throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(FIND)) {
            Array emails = connection.createArrayOf("text", spellings.toArray());
            for (int i = 1; i <= 10; i++) {
                switch (i) {
                    case 1, 6 -> query.setString(i, tenant);
                    case 3, 5, 8, 10 -> query.setArray(i, emails);
                    default -> query.setString(i, person);
                }
            }
            try (ResultSet rows = query.executeQuery()) {
                List<UUID> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(rows.getObject(1, UUID.class));
                }
                return found;
            }
        }
    }

    private void eraseFrom(UUID id) throws SQLException {
        StoredOrder order = readOrder(id);
        List<StoredEvent> history = readEvents(id);
        boolean namedNow = isPerson(order.customer());
        boolean named = namedNow || history.stream().anyMatch(event -> isPerson(event.customer()));
        boolean namesNoCustomer = order.customer().isEmpty()
                && history.stream().allMatch(event -> event.customer().isEmpty());
        boolean own = named || (namesNoCustomer && isPerson(order.creator()));
        theirs.put(id, own);
        if (own) {
            noteOtherNames(order.customer());
            history.forEach(event -> noteOtherNames(event.customer()));
        }
        for (StoredEvent event : history) {
            eraseFromEvent(id, event, own);
        }
        boolean fields = own
                && (namedNow || order.customer().isEmpty())
                && !order.erasure().isEmpty();
        if (fields || isPerson(order.creator())) {
            eraseFromOrder(id, order, fields);
        }
    }

    private void noteOtherNames(Name name) {
        if (!isPerson(name)) {
            return;
        }
        for (String other : List.of(name.id(), name.email())) {
            if (!other.isEmpty() && !other.equals(person) && !spellings.contains(other)) {
                otherNames.add(other);
            }
        }
    }

    private void eraseFromEvent(UUID id, StoredEvent event, boolean own) throws SQLException {
        ObjectNode changes = (ObjectNode) JSON.readTree(event.changes());
        boolean changed = own && PersonalData.eraseCustomer(changes);
        boolean actor = isPerson(event.actor());
        if (!changed && !actor) {
            return;
        }
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE public.order_events SET by = ?, by_email = ?, changes = ?::json"
                        + " WHERE tenant_id = ? AND order_id = ? AND seq = ?")) {
            update.setString(1, actor ? ERASED : event.actor().id());
            update.setString(2, actor ? null : emptyToNull(event.actor().email()));
            update.setString(3, JSON.writeValueAsString(changes));
            update.setString(4, tenant);
            update.setObject(5, id);
            update.setInt(6, event.seq());
            events += update.executeUpdate();
        }
    }

    /** Erases by a change like any other: a new version and a new event tell caches and clients about the change. */
    private void eraseFromOrder(UUID id, StoredOrder order, boolean fields) throws SQLException {
        boolean creator = isPerson(order.creator());
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        Instant at = now.isBefore(order.updatedAt()) ? order.updatedAt() : now;
        JsonNode discounts = fields ? order.erasure().get("discounts") : null;
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE public.orders SET version = ?, updated_at = ?,"
                        + " created_by = ?, created_by_email = ?, discounts = coalesce(?::json, discounts)"
                        + (fields ? ", " + String.join(" = NULL, ", CUSTOMER_COLUMNS) + " = NULL" : "")
                        + " WHERE tenant_id = ? AND order_id = ?"
                        + " RETURNING external_ref, status, payment_status, currency, grand_total")) {
            update.setInt(1, order.version() + 1);
            update.setObject(2, at.atOffset(ZoneOffset.UTC));
            update.setString(3, creator ? ERASED : order.creator().id());
            update.setString(4, creator ? null : emptyToNull(order.creator().email()));
            update.setString(5, discounts == null ? null : discounts.toString());
            update.setString(6, tenant);
            update.setObject(7, id);
            ObjectNode changes = fields ? order.erasure() : JSON.createObjectNode();
            try (ResultSet updated = update.executeQuery()) {
                updated.next();
                recordEvent(id, order.version() + 1, at, changes, updated);
                orders++;
            }
        }
    }

    /** Stores the event of the change and announces it to the readers of the event log, as the API does. */
    private void recordEvent(UUID id, int version, Instant at, ObjectNode changes, ResultSet order)
            throws SQLException {
        try (PreparedStatement call = connection.prepareStatement(
                "SELECT public.record_event_1(?, ?, ?, ?, 'ORDER_UPDATED', ?, ?, NULL, ?::json, ?::json, ?, ?, ?, ?, ?)")) {
            call.setString(1, tenant);
            call.setObject(2, id);
            call.setInt(3, version);
            call.setObject(4, UUID.randomUUID());
            call.setObject(5, at.atOffset(ZoneOffset.UTC));
            call.setString(6, OPERATOR);
            call.setString(7, changes.toString());
            call.setString(8, JSON.writeValueAsString(changes.propertyNames()));
            call.setString(9, order.getString("external_ref"));
            call.setString(10, order.getString("status"));
            call.setString(11, order.getString("payment_status"));
            call.setString(12, order.getString("currency"));
            call.setLong(13, order.getLong("grand_total"));
            call.executeQuery();
        }
    }

    /** Erases the person from stored responses. The responses stay, because without them a retry would place an order again. */
    private void eraseFromResponses() throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                        "SELECT key, order_id, answer FROM public.idempotency_keys WHERE tenant_id = ? AND order_id = ANY (?)");
                PreparedStatement update = connection.prepareStatement(
                        "UPDATE public.idempotency_keys SET answer = ? WHERE tenant_id = ? AND key = ?")) {
            query.setString(1, tenant);
            query.setArray(2, connection.createArrayOf("uuid", theirs.keySet().toArray()));
            query.setFetchSize(ROWS_AT_ONCE);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    String response = rows.getString(3);
                    String rest = withoutPerson(response, theirs.getOrDefault(rows.getObject(2, UUID.class), false));
                    if (!rest.equals(response)) {
                        update.setString(1, rest);
                        update.setString(2, tenant);
                        update.setString(3, rows.getString(1));
                        responses += update.executeUpdate();
                    }
                }
            }
        }
    }

    private String withoutPerson(String response, boolean own) {
        ObjectNode order = (ObjectNode) JSON.readTree(response);
        if (own) {
            PersonalData.eraseCustomer(order);
        }
        Name creator = new Name(text(order, "createdBy"), text(order, "createdByEmail"));
        if (isPerson(creator)) {
            order.put("createdBy", ERASED);
            order.remove("createdByEmail");
        }
        return order.toString();
    }

    private StoredOrder readOrder(UUID id) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT * FROM public.orders WHERE tenant_id = ? AND order_id = ?")) {
            query.setString(1, tenant);
            query.setObject(2, id);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return new StoredOrder(
                        row.getInt("version"),
                        row.getTimestamp("updated_at").toInstant(),
                        new Name(row.getString("customer_id"), row.getString("customer_email")),
                        new Name(row.getString("created_by"), row.getString("created_by_email")),
                        erasure(row));
            }
        }
    }

    /** Returns the merge patch that removes all data about the customer from the order in {@code row}. */
    private static ObjectNode erasure(ResultSet row) throws SQLException {
        ObjectNode patch = JSON.createObjectNode();
        for (String column : CUSTOMER_COLUMNS) {
            if (row.getString(column) != null) {
                patch.putNull(member(column));
            }
        }
        String discounts = row.getString("discounts");
        if (discounts != null
                && JSON.readTree(discounts) instanceof ArrayNode array
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

    private List<StoredEvent> readEvents(UUID id) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT seq, by, by_email, changes::text"
                + " FROM public.order_events WHERE tenant_id = ? AND order_id = ? ORDER BY seq")) {
            query.setString(1, tenant);
            query.setObject(2, id);
            try (ResultSet rows = query.executeQuery()) {
                List<StoredEvent> found = new ArrayList<>();
                while (rows.next()) {
                    JsonNode customer = JSON.readTree(rows.getString(4)).path("customer");
                    found.add(new StoredEvent(
                            rows.getInt(1),
                            new Name(rows.getString(2), rows.getString(3)),
                            rows.getString(4),
                            new Name(text(customer, "id"), text(customer, "email"))));
                }
                return found;
            }
        }
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asString("");
    }

    private static @Nullable String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }

    /**
     * The number of changed rows, and the names of the person.
     *
     * @param spellings the stored spellings of the person's e-mail
     * @param otherNames other ids and e-mails that the same orders have for the person
     */
    record Result(int orders, int events, int responses, SortedSet<String> spellings, SortedSet<String> otherNames) {

        boolean isNothing() {
            return orders + events + responses == 0;
        }
    }

    private record StoredOrder(int version, Instant updatedAt, Name customer, Name creator, ObjectNode erasure) {}

    private record StoredEvent(int seq, Name actor, String changes, Name customer) {}

    /** An id and an e-mail, each empty if there is none. */
    private record Name(String id, String email) {

        @SuppressWarnings("NullAway") // The parameters may be null, the components never are.
        Name(@Nullable String id, @Nullable String email) {
            this.id = id == null ? "" : id;
            this.email = email == null ? "" : email;
        }

        boolean isEmpty() {
            return id.isEmpty() && email.isEmpty();
        }
    }
}
