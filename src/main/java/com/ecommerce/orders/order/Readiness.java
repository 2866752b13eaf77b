package com.ecommerce.orders.order;

import java.util.Optional;

/** Port: whether orders can be served. */
public interface Readiness {

    /** What is wrong and what to do about it, for an operator; empty if nothing is. */
    Optional<String> failure();
}
