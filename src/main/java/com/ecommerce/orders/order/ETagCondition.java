package com.ecommerce.orders.order;

import java.util.Set;

/**
 * Which versions of an order a condition holds for.
 *
 * @param any every version, whatever {@code versions} says
 */
public record ETagCondition(boolean any, Set<Integer> versions) {

    public static final ETagCondition ANY = new ETagCondition(true, Set.of());

    public ETagCondition {
        versions = Set.copyOf(versions);
    }

    boolean includes(int version) {
        return any || versions.contains(version);
    }
}
