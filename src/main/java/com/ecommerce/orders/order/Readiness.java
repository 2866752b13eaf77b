package com.ecommerce.orders.order;

import java.util.Optional;

/** Port: tells whether orders can be served. */
public interface Readiness {

    /** Returns the first check that failed; empty if orders can be served. */
    Optional<Failure> failure();

    /**
     * A check that failed.
     *
     * @param check the check's short name, for example {@code migrations}; any caller may read the name
     * @param detail what is wrong and what to do; only for operators, never shown to callers
     */
    record Failure(String check, String detail) {}
}
