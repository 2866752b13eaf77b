package com.ecommerce.orders.order;

import com.ecommerce.orders.identity.TenantId;
import com.ecommerce.orders.operation.OrderDocument;
import com.ecommerce.orders.operation.OrderId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A cache that keeps nothing but the ids of the orders that were removed from it. */
final class ChangedOrders implements DocumentCache {

    private final List<OrderId> ids = new ArrayList<>();

    List<OrderId> ids() {
        return List.copyOf(ids);
    }

    @Override
    public Optional<OrderDocument> get(TenantId tenant, OrderId id, Supplier<Optional<OrderDocument>> read) {
        return read.get();
    }

    @Override
    public void stored(TenantId tenant, OrderDocument document) {
        // The tests are about removed orders.
    }

    @Override
    public void changed(TenantId tenant, OrderId id) {
        ids.add(id);
    }
}
