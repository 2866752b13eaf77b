package com.ecommerce.orders.order;

import com.ecommerce.orders.identity.TenantId;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Port: remembers orders as they are answered, so that reading one again costs no round trip to the database. It may
 * forget at any time, must not throw for a fault of its own, and says how long it may be out of date.
 */
public interface DocumentCache {

    /** Remembers nothing. */
    DocumentCache NONE = new DocumentCache() {

        @Override
        public Optional<OrderDocument> get(TenantId tenant, OrderId id, Supplier<Optional<OrderDocument>> read) {
            return read.get();
        }

        @Override
        public void stored(TenantId tenant, OrderDocument document) {
            // Nothing to remember.
        }
    };

    /** The order as it is remembered, else as {@code read} finds it; empty if there is none. */
    Optional<OrderDocument> get(TenantId tenant, OrderId id, Supplier<Optional<OrderDocument>> read);

    /** Called when a version of an order has been stored. */
    void stored(TenantId tenant, OrderDocument document);
}
