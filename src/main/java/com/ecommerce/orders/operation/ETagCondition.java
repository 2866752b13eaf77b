package com.ecommerce.orders.operation;

import java.util.Set;

/**
 * The versions of an order that satisfy a condition.
 *
 * @param any whether every version satisfies the condition; {@code versions} is ignored then
 * @param versions the versions that satisfy the condition if {@code any} is false
 */
public record ETagCondition(boolean any, Set<Integer> versions) {

    public static final ETagCondition ANY = new ETagCondition(true, Set.of());

    public ETagCondition {
        versions = Set.copyOf(versions);
    }

    /** Tells whether {@code version} satisfies the condition. */
    public boolean includes(int version) {
        return any || versions.contains(version);
    }
}
