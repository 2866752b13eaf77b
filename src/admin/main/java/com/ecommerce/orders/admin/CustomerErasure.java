package com.ecommerce.orders.admin;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The erasure of one person's data from a tenant's orders. The orders stay: the articles, the prices and the times.
 *
 * <p>An order belongs to the person if it names them as its customer, now or in its history, or if it never named a
 * customer and they placed it. From such an order all personal data is erased ({@link PersonalData}). If the order names
 * another customer now, only the history is erased, and the entries of ledgers from before the other customer. The id and
 * e-mail that the person has as a user are erased from every order.
 */
final class CustomerErasure {

    /** The replacement for a user's id, because an order and an event must have one. */
    static final String ERASED = "erased";

    private static final JsonMapper JSON = JsonMapper.shared();

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

    private static final Set<TenantTables> LEDGERS = EnumSet.of(
            TenantTables.TRANSACTIONS, TenantTables.FULFILLMENTS, TenantTables.CANCELLATIONS, TenantTables.RETURNS);

    /** The tables whose changed rows are counted, although there may be none. */
    private static final Set<TenantTables> COUNTED = EnumSet.copyOf(LEDGERS);

    static {
        COUNTED.addAll(List.of(TenantTables.ORDERS, TenantTables.EVENTS, TenantTables.KEYS));
    }

    static final int ROWS_AT_ONCE = 500;

    /** The number of rows to read at once if a row may have megabytes of JSON. */
    static final int BIG_ROWS_AT_ONCE = 10;

    private final Connection connection;
    private final String tenant;
    private final ErasedPerson person;
    private final Map<UUID, Boolean> theirs = new HashMap<>();
    private final List<OrderReference> orders = new ArrayList<>();
    private final Map<TenantTables, Long> counts = new EnumMap<>(TenantTables.class);

    private CustomerErasure(Connection connection, String tenant, ErasedPerson person) {
        this.connection = connection;
        this.tenant = tenant;
        this.person = person;
        COUNTED.forEach(table -> counts.put(table, 0L));
    }

    /** Adds the number of changed rows, and returns the number. */
    private int count(TenantTables table, int changed) {
        counts.merge(table, (long) changed, Long::sum);
        return changed;
    }

    /**
     * Erases the data in one transaction. The caller commits the transaction or rolls it back.
     *
     * @param person the id of a customer or user, or an e-mail; the case of an e-mail doesn't matter
     */
    static Result erase(Connection connection, String tenant, String person) throws SQLException {
        connection.setAutoCommit(false);
        ErasedPerson erased = ErasedPerson.find(connection, tenant, person);
        CustomerErasure erasure = new CustomerErasure(connection, tenant, erased);
        List<UUID> orders = erasure.find();
        List<PersonReference> references = PersonReference.findAll(connection, tenant, erased);
        for (UUID order : orders) {
            erasure.eraseFrom(order);
        }
        erasure.count(TenantTables.KEYS, new ResponseErasure(connection, tenant, erased).erase(erasure.theirs));
        return new Result(erasure.counts, erased.spellings(), erased.otherNames(), references, erasure.orders);
    }

    /**
     * Erases all data about the customer from an order, if the order exists and names no customer. The caller commits the
     * transaction or rolls it back.
     *
     * @return the number of changed rows in each table
     */
    static Map<TenantTables, Long> eraseOrder(Connection connection, String tenant, UUID id) throws SQLException {
        connection.setAutoCommit(false);
        ErasedPerson nameless = ErasedPerson.nameless();
        CustomerErasure erasure = new CustomerErasure(connection, tenant, nameless);
        if (lockWithoutCustomer(connection, tenant, id)) {
            StoredOrder order = StoredOrder.read(connection, tenant, id);
            erasure.eraseFrom(id, order, NamedCustomer.readAll(connection, tenant, id), true);
            erasure.count(TenantTables.KEYS, new ResponseErasure(connection, tenant, nameless).erase(erasure.theirs));
        }
        return erasure.counts;
    }

    private static boolean lockWithoutCustomer(Connection connection, String tenant, UUID id) throws SQLException {
        try (PreparedStatement lock =
                connection.prepareStatement("SELECT order_id FROM public.orders WHERE tenant_id = ?"
                        + " AND order_id = ? AND customer_id IS NULL AND customer_email IS NULL FOR UPDATE")) {
            lock.setString(1, tenant);
            lock.setObject(2, id);
            try (ResultSet row = lock.executeQuery()) {
                return row.next();
            }
        }
    }

    private List<UUID> find() throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(FIND)) {
            bind(query);
            try (ResultSet rows = query.executeQuery()) {
                List<UUID> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(rows.getObject(1, UUID.class));
                }
                return found;
            }
        }
    }

    private void bind(PreparedStatement find) throws SQLException {
        Array emails = connection.createArrayOf("text", person.spellings().toArray());
        for (int i = 1; i <= 10; i++) {
            switch (i) {
                case 1, 6 -> find.setString(i, tenant);
                case 3, 5, 8, 10 -> find.setArray(i, emails);
                default -> find.setString(i, person.id());
            }
        }
    }

    private void eraseFrom(UUID id) throws SQLException {
        StoredOrder order = StoredOrder.read(connection, tenant, id);
        List<NamedCustomer> customers = NamedCustomer.readAll(connection, tenant, id);
        boolean own = belongsToPerson(order, customers);
        OrderReference.find(connection, tenant, person, id, order).ifPresent(orders::add);
        if (own && gotPersonLater(order, customers)) {
            orders.add(new OrderReference(id, OrderReference.Field.NO_CUSTOMER, 1, order.updatedAt()));
        }
        eraseFrom(id, order, customers, own);
    }

    private void eraseFrom(UUID id, StoredOrder order, List<NamedCustomer> customers, boolean own) throws SQLException {
        theirs.put(id, own);
        if (own) {
            person.noteOtherNames(order.customer());
            customers.forEach(customer -> person.noteOtherNames(customer.given()));
        }
        int before = own ? startOfOther(order, customers) : 0;
        int changed = count(TenantTables.EVENTS, eraseFromEvents(id, own, before));
        Set<Integer> returns = new ReturnErasure(connection, tenant, person).erase(id, before);
        for (TenantTables ledger : LEDGERS) {
            Set<Integer> entries = eraseFrom(ledger, id, before);
            if (ledger == TenantTables.RETURNS) {
                entries.addAll(returns);
            }
            changed += count(ledger, entries.size());
        }
        eraseFromOrder(id, order, own, changed > 0);
    }

    private boolean belongsToPerson(StoredOrder order, List<NamedCustomer> customers) {
        boolean named =
                person.has(order.customer()) || customers.stream().anyMatch(customer -> person.has(customer.given()));
        boolean namesNoCustomer = order.customer().isEmpty()
                && customers.stream().allMatch(customer -> customer.given().isEmpty());
        return named || (namesNoCustomer && person.has(order.creator()));
    }

    /** Tells whether the order named no customer at first, and then only the person. */
    private boolean gotPersonLater(StoredOrder order, List<NamedCustomer> customers) {
        return !namesOther(order)
                && !customers.isEmpty()
                && customers.get(0).seq() > 1
                && customers.stream()
                        .map(NamedCustomer::current)
                        .allMatch(name -> name.isEmpty() || person.has(name) || name.isPartlyEqual(order.customer()));
    }

    /**
     * Returns the number of the event since which the order names another customer than the person. The entries from then on
     * are about the other customer.
     */
    private int startOfOther(StoredOrder order, List<NamedCustomer> customers) {
        int start = Integer.MAX_VALUE;
        if (namesOther(order)) {
            for (NamedCustomer customer : customers) {
                start = person.has(customer.current()) ? Integer.MAX_VALUE : Math.min(start, customer.seq());
            }
        }
        return start;
    }

    private boolean namesOther(StoredOrder order) {
        return !order.customer().isEmpty() && !person.has(order.customer());
    }

    private Set<Integer> eraseFrom(TenantTables ledger, UUID order, int before) throws SQLException {
        return new EntryErasure(connection, tenant, person, ledger).erase(order, before);
    }

    /** @param historyChanged {@code true} if the person was erased from events or ledgers of the order */
    private void eraseFromOrder(UUID id, StoredOrder order, boolean own, boolean historyChanged) throws SQLException {
        OrderErasure erasure = new OrderErasure(connection, tenant, person);
        if (own && !namesOther(order) && !order.erasure().isEmpty()) {
            erasure.eraseWithCustomer(id, order);
            count(TenantTables.ORDERS, 1);
        } else if (historyChanged || person.has(order.creator())) {
            erasure.eraseWithoutCustomer(id, order);
            count(TenantTables.ORDERS, 1);
        }
    }

    private int eraseFromEvents(UUID id, boolean own, int before) throws SQLException {
        int changed = 0;
        try (PreparedStatement query = connection.prepareStatement(StoredEvent.FIND)) {
            query.setString(1, tenant);
            query.setObject(2, id);
            query.setFetchSize(BIG_ROWS_AT_ONCE);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    changed += eraseFromEvent(id, StoredEvent.read(rows), own, before);
                }
            }
        }
        return changed;
    }

    /** Keeps the names of the customers who came after the person, because the names tell whose the later entries are. */
    private int eraseFromEvent(UUID id, StoredEvent event, boolean own, int before) throws SQLException {
        ObjectNode changes = (ObjectNode) JSON.readTree(event.changes());
        JsonNode other = event.seq() >= before ? changes.remove("customer") : null;
        boolean changed = own && PersonalData.eraseCustomer(changes);
        for (String member : PersonalData.ENTRIES) {
            changed |= changes.get(member) instanceof ObjectNode entry && person.eraseCreator(entry);
        }
        if (other != null) {
            changes.set("customer", other);
        }
        boolean actor = person.has(event.actor());
        return changed || actor ? update(id, event, JSON.writeValueAsString(changes), actor) : 0;
    }

    private int update(UUID id, StoredEvent event, String changes, boolean actor) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE public.order_events SET by = ?, by_email = ?, changes = ?::json"
                        + " WHERE tenant_id = ? AND order_id = ? AND seq = ?")) {
            update.setString(1, actor ? ERASED : event.actor().id());
            update.setString(2, actor ? null : event.actor().storedEmail());
            update.setString(3, changes);
            update.setString(4, tenant);
            update.setObject(5, id);
            update.setInt(6, event.seq());
            return update.executeUpdate();
        }
    }

    /**
     * The number of changed rows, and the names of the person.
     *
     * @param counts the number of changed rows in each table
     * @param spellings the stored spellings of the person's e-mail
     * @param otherNames other ids and e-mails that the same orders have for the person
     * @param references the places that named the person
     * @param orders references to orders that a backup may have without such a place
     */
    record Result(
            Map<TenantTables, Long> counts,
            SortedSet<String> spellings,
            SortedSet<String> otherNames,
            List<PersonReference> references,
            List<OrderReference> orders) {

        boolean isNothing() {
            return TenantTables.isNothing(counts);
        }
    }
}
