package com.ecommerce.orders.order;

import com.ecommerce.orders.operation.IdempotencyKey;
import com.ecommerce.orders.operation.OrderRequest;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.operation.OrdersUnavailableException;
import com.ecommerce.orders.operation.RequestProblem;
import com.ecommerce.orders.operation.View;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/** The writes to the ledgers of orders. Writes with the same idempotency key run one after the other in this process. */
public final class LedgerWrites {

    private final Clock clock;
    private final Supplier<UUID> ids;
    private final DocumentCache cache;
    private final IdempotencyLock lock;

    LedgerWrites(Clock clock, Supplier<UUID> ids, DocumentCache cache, IdempotencyLock lock) {
        this.clock = clock;
        this.ids = ids;
        this.cache = cache;
        this.lock = lock;
    }

    /**
     * Runs the write that {@code request} asks for, and removes the order from the cache unless the write is
     * certainly not stored. A replay removes the order, too.
     *
     * @param write stores the entry in one round trip, and returns a view of it or a problem
     */
    public OrderResponse run(OrderRequest request, Function<LedgerWrite, OrderResponse> write) {
        IdempotencyKey key = request.idempotencyKey();
        return key == null
                ? store(request, write)
                : lock.run(request.tenant(), key, () -> store(request, write))
                        .orElseGet(RequestProblem.IdempotencyInFlight::new);
    }

    private OrderResponse store(OrderRequest request, Function<LedgerWrite, OrderResponse> write) {
        OrderResponse response;
        try {
            response = write.apply(prepare(request));
        } catch (OrdersUnavailableException lost) {
            cache.changedIfUnknown(request.tenant(), request.requiredOrderId(), lost);
            throw lost;
        }
        // A replayed write may have been stored late, after a read put the old version into the cache.
        if (response instanceof View view && view.delivery() != View.Delivery.DRY_RUN) {
            cache.changed(request.tenant(), request.requiredOrderId());
        }
        return response;
    }

    private LedgerWrite prepare(OrderRequest request) {
        UUID entry = request.entryId();
        return new LedgerWrite(
                ids.get(),
                entry == null ? ids.get() : entry,
                // PostgreSQL stores microseconds, and a response shows what is stored.
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                request.caller(),
                request.requiredOrderId(),
                request.precondition().ifMatch(),
                request.idempotencyKey(),
                request.dryRun());
    }
}
