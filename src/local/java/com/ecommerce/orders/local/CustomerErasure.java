package com.ecommerce.orders.local;

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
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes one person's data out of a tenant's orders, which are kept: what was sold, for how much, and when.
 *
 * <p>An order is the person's if it names them as its customer, now or in its history, or if it never named a customer
 * and they placed it. Of such an order everything goes that is about a person or that somebody typed freely. Of an order
 * that meanwhile names another customer only the history goes. Wherever the person acted as a user, in any order, their
 * id and e-mail go.
 */
final class CustomerErasure {

    /** What stands in the place of a user's id, which an order and an event must have. */
    static final String ERASED = "erased";

    /** Who is said to have made the change. */
    static final String OPERATOR = "operator";

    /** Fields of an order's JSON. */
    private static final List<String> PERSONAL =
            List.of("customer", "shippingAddress", "billingAddress", "note", "metadata", "cancelReason");

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final String FIND =
            """
            SELECT o.order_id FROM public.orders o
             WHERE o.tenant_id = ? AND (o.customer_id = ? OR lower(o.customer_email) = lower(?)
                OR o.created_by = ? OR lower(o.created_by_email) = lower(?)
                OR EXISTS (SELECT FROM public.order_events e
                            WHERE e.tenant_id = ? AND e.tenant_id = o.tenant_id AND e.order_id = o.order_id
                              AND (e.by = ? OR lower(e.by_email) = lower(?) OR e.changes #>> '{customer,id}' = ?
                                   OR lower(e.changes #>> '{customer,email}') = lower(?))))
             ORDER BY o.order_id FOR UPDATE OF o
            """;

    private final Connection connection;
    private final String tenant;
    private final String person;
    private final Map<UUID, Boolean> theirs = new HashMap<>();
    private final SortedSet<String> otherNames = new TreeSet<>();
    private int orders;
    private int events;
    private int answers;

    private CustomerErasure(Connection connection, String tenant, String person) {
        this.connection = connection;
        this.tenant = tenant;
        this.person = person;
    }

    /**
     * Erases in one transaction, which the caller commits or rolls back.
     *
     * @param person a customer's or a user's id, or an e-mail, whose case doesn't matter
     */
    static Result erase(Connection connection, String tenant, String person) throws SQLException {
        connection.setAutoCommit(false);
        CustomerErasure erasure = new CustomerErasure(connection, tenant, person);
        for (UUID order : erasure.find()) {
            erasure.eraseFrom(order);
        }
        erasure.eraseFromAnswers();
        return new Result(erasure.orders, erasure.events, erasure.answers, erasure.otherNames);
    }

    private List<UUID> find() throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(FIND)) {
            for (int i = 1; i <= 10; i++) {
                query.setString(i, i == 1 || i == 6 ? tenant : person);
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
        boolean namedNow = order.customer().isNamed(person);
        boolean named =
                namedNow || history.stream().anyMatch(event -> event.customer().isNamed(person));
        boolean namesNobody = order.customer().isNobody()
                && history.stream().allMatch(event -> event.customer().isNobody());
        boolean own = named || (namesNobody && order.creator().isNamed(person));
        theirs.put(id, own);
        if (own) {
            noteOtherNames(order.customer());
            history.forEach(event -> noteOtherNames(event.customer()));
        }
        for (StoredEvent event : history) {
            eraseFromEvent(id, event, own);
        }
        boolean fields = own
                && (namedNow || order.customer().isNobody())
                && !order.personal().isEmpty();
        if (fields || order.creator().isNamed(person)) {
            eraseFromOrder(id, order, fields);
        }
    }

    private void noteOtherNames(Name name) {
        if (!name.isNamed(person)) {
            return;
        }
        for (String other : List.of(name.id(), name.email())) {
            if (!other.isEmpty() && !other.equalsIgnoreCase(person)) {
                otherNames.add(other);
            }
        }
    }

    private void eraseFromEvent(UUID id, StoredEvent event, boolean own) throws SQLException {
        ObjectNode changes = (ObjectNode) JSON.readTree(event.changes());
        boolean changed = own && removePersonal(changes);
        boolean actor = event.actor().isNamed(person);
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

    /** A change like any other: it has a version and an event of its own, so that nobody keeps what was cached. */
    private void eraseFromOrder(UUID id, StoredOrder order, boolean fields) throws SQLException {
        boolean creator = order.creator().isNamed(person);
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        Instant at = now.isBefore(order.updatedAt()) ? order.updatedAt() : now;
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE public.orders SET version = ?, updated_at = ?,"
                        + " created_by = ?, created_by_email = ?"
                        + (fields
                                ? ", customer_id = NULL, customer_email = NULL, customer_name = NULL, shipping_address = NULL,"
                                        + " billing_address = NULL, note = NULL, metadata = NULL, cancel_reason = NULL"
                                : "")
                        + " WHERE tenant_id = ? AND order_id = ?")) {
            update.setInt(1, order.version() + 1);
            update.setObject(2, at.atOffset(ZoneOffset.UTC));
            update.setString(3, creator ? ERASED : order.creator().id());
            update.setString(4, creator ? null : emptyToNull(order.creator().email()));
            update.setString(5, tenant);
            update.setObject(6, id);
            orders += update.executeUpdate();
        }
        ObjectNode changes = JSON.createObjectNode();
        if (fields) {
            order.personal().forEach(changes::putNull);
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO public.order_events (tenant_id, order_id, seq, change_id, type, at, by, changes)"
                        + " VALUES (?, ?, ?, ?, 'ORDER_UPDATED', ?, ?, ?::json)")) {
            insert.setString(1, tenant);
            insert.setObject(2, id);
            insert.setInt(3, order.version() + 1);
            insert.setObject(4, UUID.randomUUID());
            insert.setObject(5, at.atOffset(ZoneOffset.UTC));
            insert.setString(6, OPERATOR);
            insert.setString(7, changes.toString());
            insert.executeUpdate();
        }
    }

    /** A key keeps its answer, else a retry would place the order once more; the answer keeps nothing of the person. */
    private void eraseFromAnswers() throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                        "SELECT key, order_id, answer FROM public.idempotency_keys WHERE tenant_id = ? AND order_id = ANY (?)");
                PreparedStatement update = connection.prepareStatement(
                        "UPDATE public.idempotency_keys SET answer = ? WHERE tenant_id = ? AND key = ?")) {
            query.setString(1, tenant);
            query.setArray(2, connection.createArrayOf("uuid", theirs.keySet().toArray()));
            query.setFetchSize(500);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    String answer = rows.getString(3);
                    String rest = withoutPerson(answer, theirs.getOrDefault(rows.getObject(2, UUID.class), false));
                    if (!rest.equals(answer)) {
                        update.setString(1, rest);
                        update.setString(2, tenant);
                        update.setString(3, rows.getString(1));
                        answers += update.executeUpdate();
                    }
                }
            }
        }
    }

    private String withoutPerson(String answer, boolean own) {
        ObjectNode order = (ObjectNode) JSON.readTree(answer);
        if (own) {
            removePersonal(order);
        }
        Name creator = new Name(text(order, "createdBy"), text(order, "createdByEmail"));
        if (creator.isNamed(person)) {
            order.put("createdBy", ERASED);
            order.remove("createdByEmail");
        }
        return order.toString();
    }

    /** A {@code null} in a merge patch says nothing about anybody, and stays. */
    private static boolean removePersonal(ObjectNode fields) {
        List<String> said = PERSONAL.stream().filter(fields::hasNonNull).toList();
        fields.remove(said);
        return !said.isEmpty();
    }

    private StoredOrder readOrder(UUID id) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT * FROM public.orders WHERE tenant_id = ? AND order_id = ?")) {
            query.setString(1, tenant);
            query.setObject(2, id);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                List<String> personal = new ArrayList<>();
                for (String field : PERSONAL) {
                    if (isThere(row, field)) {
                        personal.add(field);
                    }
                }
                return new StoredOrder(
                        row.getInt("version"),
                        row.getTimestamp("updated_at").toInstant(),
                        new Name(row.getString("customer_id"), row.getString("customer_email")),
                        new Name(row.getString("created_by"), row.getString("created_by_email")),
                        personal);
            }
        }
    }

    private static boolean isThere(ResultSet row, String field) throws SQLException {
        return switch (field) {
            case "customer" ->
                row.getString("customer_id") != null
                        || row.getString("customer_email") != null
                        || row.getString("customer_name") != null;
            case "shippingAddress" -> row.getString("shipping_address") != null;
            case "billingAddress" -> row.getString("billing_address") != null;
            case "cancelReason" -> row.getString("cancel_reason") != null;
            default -> row.getString(field) != null;
        };
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
     * What was changed.
     *
     * @param otherNames ids and e-mails by which the same orders named the person as well
     */
    record Result(int orders, int events, int answers, SortedSet<String> otherNames) {

        boolean isNothing() {
            return orders + events + answers == 0;
        }
    }

    private record StoredOrder(int version, Instant updatedAt, Name customer, Name creator, List<String> personal) {}

    private record StoredEvent(int seq, Name actor, String changes, Name customer) {}

    /** An id and an e-mail, each empty if there is none. */
    private record Name(String id, String email) {

        @SuppressWarnings("NullAway") // what columns and fields hold may be null; what is kept is not
        Name(@Nullable String id, @Nullable String email) {
            this.id = id == null ? "" : id;
            this.email = email == null ? "" : email;
        }

        boolean isNamed(String person) {
            return id.equals(person) || email.equalsIgnoreCase(person);
        }

        boolean isNobody() {
            return id.isEmpty() && email.isEmpty();
        }
    }
}
