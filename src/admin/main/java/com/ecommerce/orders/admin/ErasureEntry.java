package com.ecommerce.orders.admin;

import com.ecommerce.orders.identity.TenantId;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An erasure in the register. The entry has no personal data, but has all that is needed to repeat the erasure after a
 * restore.
 *
 * @param references the places that named the person; empty for the erasure of a tenant
 * @param orders references to orders that a backup may have without such a place; empty for the erasure of a tenant
 */
record ErasureEntry(
        Instant at, Kind kind, TenantId tenant, List<PersonReference> references, List<OrderReference> orders) {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** The kinds of erasures. */
    enum Kind {
        TENANT,
        PERSON
    }

    /** Returns the erasure of all data that a tenant had at {@code at}. */
    static ErasureEntry ofTenant(Instant at, TenantId tenant) {
        return new ErasureEntry(at, Kind.TENANT, tenant, List.of(), List.of());
    }

    /**
     * Returns the erasure of the person whom these places and orders named.
     *
     * @throws IllegalStateException if there is no place and no order
     */
    static ErasureEntry ofPerson(
            Instant at, TenantId tenant, List<PersonReference> references, List<OrderReference> orders) {
        if (references.isEmpty() && orders.isEmpty()) {
            throw new IllegalStateException(
                    "nothing was erased, because the register could not repeat the erasure: no event"
                            + " and no order names the person. Name the person by another id or e-mail");
        }
        return new ErasureEntry(at, Kind.PERSON, tenant, references, orders);
    }

    String toJson() {
        ObjectNode entry = JSON.createObjectNode()
                .put("at", at.toString())
                .put("kind", kind.name())
                .put("tenant", tenant.value());
        if (kind == Kind.PERSON) {
            for (PersonReference reference : references) {
                entry.withArray("references")
                        .addObject()
                        .put("order", reference.order().toString())
                        .put("change", reference.change().toString())
                        .put("field", reference.field().name());
            }
            for (OrderReference order : orders) {
                entry.withArray("orders")
                        .addObject()
                        .put("order", order.order().toString())
                        .put("field", order.field().name())
                        .put("version", order.version())
                        .put("until", order.until().toString());
            }
        }
        return entry.toString();
    }

    /** @throws IllegalArgumentException if the line is not an entry */
    static ErasureEntry parse(String line) {
        try {
            JsonNode entry = JSON.readTree(line);
            Kind kind = Kind.valueOf(text(entry, "kind"));
            List<PersonReference> references = entry.path("references")
                    .valueStream()
                    .map(ErasureEntry::parseReference)
                    .toList();
            List<OrderReference> orders = entry.path("orders")
                    .valueStream()
                    .map(ErasureEntry::parseOrder)
                    .toList();
            if (kind == Kind.PERSON && references.isEmpty() && orders.isEmpty()) {
                throw new IllegalArgumentException("There are no references");
            }
            return new ErasureEntry(
                    Instant.parse(text(entry, "at")), kind, new TenantId(text(entry, "tenant")), references, orders);
        } catch (JacksonException | DateTimeException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static PersonReference parseReference(JsonNode reference) {
        return new PersonReference(
                UUID.fromString(text(reference, "order")),
                UUID.fromString(text(reference, "change")),
                PersonReference.Field.valueOf(text(reference, "field")));
    }

    private static OrderReference parseOrder(JsonNode order) {
        return new OrderReference(
                UUID.fromString(text(order, "order")),
                OrderReference.Field.valueOf(text(order, "field")),
                order.path("version").asInt(),
                Instant.parse(text(order, "until")));
    }

    private static String text(JsonNode object, String member) {
        return object.path(member).asString("");
    }
}
