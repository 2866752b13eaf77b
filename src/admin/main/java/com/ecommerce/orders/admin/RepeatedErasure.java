package com.ecommerce.orders.admin;

import com.ecommerce.orders.identity.TenantId;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The repetition of the erasures of a register in a restored database. An erasure that the database has already is repeated
 * without an effect.
 *
 * @param isConfirmed {@code false} to roll back each erasure after its rows have been counted
 */
record RepeatedErasure(Connection connection, PrintWriter messages, boolean isConfirmed) {

    /** Repeats the erasures. The names of all persons are read first, because the erasure of one removes names. */
    void repeat(List<ErasureEntry> entries) throws SQLException {
        Map<TenantId, Set<String>> persons = new LinkedHashMap<>();
        Map<UUID, TenantId> orders = new LinkedHashMap<>();
        for (ErasureEntry entry : entries) {
            String tenant = entry.tenant().value();
            Set<String> found = persons.computeIfAbsent(entry.tenant(), key -> new LinkedHashSet<>());
            for (PersonReference reference : entry.references()) {
                reference.read(connection, tenant).ifPresent(found::add);
            }
            for (OrderReference order : entry.orders()) {
                order.read(connection, tenant).ifPresent(found::add);
                if (order.isWithoutCustomer(connection, tenant)) {
                    orders.put(order.order(), entry.tenant());
                }
            }
        }
        int erasures = 0;
        for (ErasureEntry entry : entries) {
            erasures += entry.kind() == ErasureEntry.Kind.TENANT ? eraseTenant(entry) : 0;
        }
        for (Map.Entry<TenantId, Set<String>> tenant : persons.entrySet()) {
            for (String person : tenant.getValue()) {
                erasures += erasePerson(tenant.getKey(), person);
            }
        }
        for (Map.Entry<UUID, TenantId> order : orders.entrySet()) {
            erasures += eraseOrder(order.getValue(), order.getKey());
        }
        messages.println(summary(entries.size(), erasures));
    }

    private String summary(int entries, int erasures) {
        String found = "Erasures in the register: " + entries + ". ";
        if (erasures == 0) {
            return found + "The database has no data to erase.";
        }
        return found
                + (isConfirmed
                        ? "Erasures repeated: " + erasures + "."
                        : "Nothing was erased. Erasures to repeat: " + erasures + ". Add --yes to repeat.");
    }

    private int eraseTenant(ErasureEntry entry) throws SQLException {
        String tenant = entry.tenant().value();
        return end("tenant " + tenant, TenantErasure.eraseUntil(connection, tenant, entry.at()));
    }

    private int erasePerson(TenantId tenant, String person) throws SQLException {
        Map<TenantTables, Long> counts =
                CustomerErasure.erase(connection, tenant.value(), person).counts();
        // The message does not name the person, because the output may be kept.
        return end("a person of tenant " + tenant, counts);
    }

    private int eraseOrder(TenantId tenant, UUID order) throws SQLException {
        return end(
                "the customer of order " + order + " of tenant " + tenant,
                CustomerErasure.eraseOrder(connection, tenant.value(), order));
    }

    /** Ends the transaction and returns the number of erasures: 0 or 1. */
    private int end(String whom, Map<TenantTables, Long> counts) throws SQLException {
        if (!isConfirmed || TenantTables.isNothing(counts)) {
            connection.rollback();
        } else {
            connection.commit();
        }
        if (TenantTables.isNothing(counts)) {
            return 0;
        }
        messages.println(
                (isConfirmed ? "Erased " : "Would erase ") + whom + ": " + TenantTables.describe(counts) + ".");
        return 1;
    }
}
