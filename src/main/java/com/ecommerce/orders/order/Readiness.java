package com.ecommerce.orders.order;

import java.util.Optional;

/** Port: tells whether orders can be served. */
public interface Readiness {

    /** Returns the first check that failed; empty if orders can be served. */
    Optional<Failure> failure();

    /**
     * A check that failed.
     *
     * @param check its short name, which any caller may learn, for example {@code migrations}
     * @param detail what is wrong and what to do, for an operator only; never shown to callers
     */
    record Failure(String check, String detail) {}
}
