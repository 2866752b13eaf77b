package com.ecommerce.orders.order;

import com.ecommerce.orders.identity.TenantId;
import com.ecommerce.orders.operation.OrderDocument;
import com.ecommerce.orders.operation.OrderId;
import com.ecommerce.orders.operation.OrdersUnavailableException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Port: keeps the documents of orders, so that a repeated read needs no round trip to the database. A cache may drop a
 * document at any time. Faults of the cache must not throw. A cache documents how long its content may be out of date.
 */
public interface DocumentCache {

    /** A cache that keeps nothing. */
    DocumentCache NONE = new DocumentCache() {

        @Override
        public Optional<OrderDocument> get(TenantId tenant, OrderId id, Supplier<Optional<OrderDocument>> read) {
            return read.get();
        }

        @Override
        public void stored(TenantId tenant, OrderDocument document) {
            // This cache keeps nothing.
        }

        @Override
        public void changed(TenantId tenant, OrderId id) {
            // This cache keeps nothing.
        }
    };

    /** Returns the cached order, otherwise the order that {@code read} finds. Empty if there is no such order. */
    Optional<OrderDocument> get(TenantId tenant, OrderId id, Supplier<Optional<OrderDocument>> read);

    /** Receives a version of an order that was just stored. */
    void stored(TenantId tenant, OrderDocument document);

    /** Removes an order after a write that does not know the order's new document, and after a replayed write. */
    void changed(TenantId tenant, OrderId id);

    /** Removes an order after a failed write whose outcome is unknown. */
    default void changedIfUnknown(TenantId tenant, OrderId id, OrdersUnavailableException failure) {
        if (failure.outcome() == OrdersUnavailableException.Outcome.UNKNOWN) {
            changed(tenant, id);
        }
    }
}
