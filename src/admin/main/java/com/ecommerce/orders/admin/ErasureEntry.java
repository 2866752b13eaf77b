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
 * An erasure in the register. It has no personal data, and all that is needed to repeat the erasure after a restore.
 *
 * @param names the places that named the person; empty for the erasure of a tenant
 */
record ErasureEntry(Instant at, Kind kind, TenantId tenant, List<ErasedName> names) {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** The kinds of erasures. */
    enum Kind {
        TENANT,
        PERSON
    }

    /** Returns the erasure of all data that a tenant had at {@code at}. */
    static ErasureEntry ofTenant(Instant at, TenantId tenant) {
        return new ErasureEntry(at, Kind.TENANT, tenant, List.of());
    }

    /** Returns the erasure of the person whom these places named. */
    static ErasureEntry ofPerson(Instant at, TenantId tenant, List<ErasedName> names) {
        return new ErasureEntry(at, Kind.PERSON, tenant, names);
    }

    String toJson() {
        ObjectNode entry = JSON.createObjectNode()
                .put("at", at.toString())
                .put("kind", kind.name())
                .put("tenant", tenant.value());
        if (kind == Kind.PERSON) {
            for (ErasedName name : names) {
                entry.withArray("names")
                        .addObject()
                        .put("order", name.order().toString())
                        .put("change", name.change().toString())
                        .put("field", name.field().name());
            }
        }
        return entry.toString();
    }

    /** @throws IllegalArgumentException if the line is not an entry */
    static ErasureEntry parse(String line) {
        try {
            JsonNode entry = JSON.readTree(line);
            Kind kind = Kind.valueOf(text(entry, "kind"));
            List<ErasedName> names = entry.path("names")
                    .valueStream()
                    .map(ErasureEntry::parseName)
                    .toList();
            if (kind == Kind.PERSON && names.isEmpty()) {
                throw new IllegalArgumentException("There are no names");
            }
            return new ErasureEntry(Instant.parse(text(entry, "at")), kind, new TenantId(text(entry, "tenant")), names);
        } catch (JacksonException | DateTimeException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static ErasedName parseName(JsonNode name) {
        return new ErasedName(
                UUID.fromString(text(name, "order")),
                UUID.fromString(text(name, "change")),
                ErasedName.Field.valueOf(text(name, "field")));
    }

    private static String text(JsonNode object, String member) {
        return object.path(member).asString("");
    }
}
