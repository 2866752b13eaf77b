package com.ecommerce.orders.admin;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The erasure of one person's data from a tenant's orders. The orders stay: the articles, the prices and the times.
 *
 * <p>An order belongs to the person if it names them as its customer, now or in its history, or if it never named a
 * customer and they placed it. From such an order all personal data is erased ({@link PersonalData}). If the order names
 * another customer now, only the history and the transactions are erased. The id and e-mail that the person has as a user are erased from every
 * order.
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

    static final int ROWS_AT_ONCE = 500;

    private final Connection connection;
    private final String tenant;
    private final ErasedPerson person;
    private final Map<UUID, Boolean> theirs = new HashMap<>();
    private int orders;
    private int transactions;
    private int events;

    private CustomerErasure(Connection connection, String tenant, ErasedPerson person) {
        this.connection = connection;
        this.tenant = tenant;
        this.person = person;
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
        for (UUID order : erasure.find()) {
            erasure.eraseFrom(order);
        }
        int responses = new ResponseErasure(connection, tenant, erased).erase(erasure.theirs);
        return new Result(
                erasure.orders,
                erasure.transactions,
                erasure.events,
                responses,
                erased.spellings(),
                erased.otherNames());
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
        List<StoredEvent> history = StoredEvent.readAll(connection, tenant, id);
        boolean own = belongsToPerson(order, history);
        theirs.put(id, own);
        if (own) {
            person.noteOtherNames(order.customer());
            history.forEach(event -> person.noteOtherNames(event.customer()));
        }
        int changedEvents = 0;
        for (StoredEvent event : history) {
            changedEvents += eraseFromEvent(id, event, own);
        }
        int changedTransactions = eraseFrom(TenantTables.TRANSACTIONS, id, own);
        int changedEntries = new ReturnErasure(connection, tenant, person).erase(id, own);
        for (TenantTables ledger :
                List.of(TenantTables.FULFILLMENTS, TenantTables.CANCELLATIONS, TenantTables.RETURNS)) {
            changedEntries += eraseFrom(ledger, id, own);
        }
        events += changedEvents;
        transactions += changedTransactions;
        eraseFromOrder(id, order, own, changedEvents + changedTransactions + changedEntries > 0);
    }

    private boolean belongsToPerson(StoredOrder order, List<StoredEvent> history) {
        boolean named =
                person.has(order.customer()) || history.stream().anyMatch(event -> person.has(event.customer()));
        boolean namesNoCustomer = order.customer().isEmpty()
                && history.stream().allMatch(event -> event.customer().isEmpty());
        return named || (namesNoCustomer && person.has(order.creator()));
    }

    private int eraseFrom(TenantTables ledger, UUID order, boolean own) throws SQLException {
        EntryErasure erasure = new EntryErasure(connection, tenant, person, ledger);
        return own ? erasure.eraseWithCustomer(order) : erasure.eraseCreator(order);
    }

    /** @param historyChanged {@code true} if the person was erased from events or ledgers of the order */
    private void eraseFromOrder(UUID id, StoredOrder order, boolean own, boolean historyChanged) throws SQLException {
        OrderErasure erasure = new OrderErasure(connection, tenant, person);
        boolean namesNoOther = person.has(order.customer()) || order.customer().isEmpty();
        if (own && namesNoOther && !order.erasure().isEmpty()) {
            erasure.eraseWithCustomer(id, order);
            orders++;
        } else if (historyChanged || person.has(order.creator())) {
            erasure.eraseWithoutCustomer(id, order);
            orders++;
        }
    }

    private int eraseFromEvent(UUID id, StoredEvent event, boolean own) throws SQLException {
        ObjectNode changes = (ObjectNode) JSON.readTree(event.changes());
        boolean changed = own && PersonalData.eraseCustomer(changes);
        for (String member : PersonalData.ENTRIES) {
            changed |= changes.get(member) instanceof ObjectNode entry && person.eraseCreator(entry);
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
     * @param spellings the stored spellings of the person's e-mail
     * @param otherNames other ids and e-mails that the same orders have for the person
     */
    record Result(
            int orders,
            int transactions,
            int events,
            int responses,
            SortedSet<String> spellings,
            SortedSet<String> otherNames) {

        boolean isNothing() {
            return orders + transactions + events + responses == 0;
        }
    }
}
