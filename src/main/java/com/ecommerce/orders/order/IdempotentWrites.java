package com.ecommerce.orders.order;

import com.ecommerce.orders.identity.TenantId;
import com.ecommerce.orders.operation.IdempotencyKey;
import com.ecommerce.orders.operation.OrderDocument;
import com.ecommerce.orders.operation.OrderRequest;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.operation.OrdersUnavailableException;
import com.ecommerce.orders.operation.Problem;
import com.ecommerce.orders.operation.RequestProblem;
import com.ecommerce.orders.operation.View;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The writes of mutations, each carried out at most once. Turns the outcome of a write into a response. */
final class IdempotentWrites {

    private final OrderSerializer serializer;
    private final Clock clock;
    private final Supplier<UUID> ids;
    private final DocumentCache cache;
    private final IdempotencyLock lock;

    IdempotentWrites(
            OrderSerializer serializer, Clock clock, Supplier<UUID> ids, DocumentCache cache, IdempotencyLock lock) {
        this.serializer = serializer;
        this.clock = clock;
        this.ids = ids;
        this.cache = cache;
        this.lock = lock;
    }

    /** Returns the time to the microsecond, as PostgreSQL stores it: a response shows what is stored. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** Returns the write that stores {@code order} and the event that led to it. */
    OrderWrite prepare(OrderRequest request, Order order, OrderEvent.Type type, String changes) {
        OrderEvent event = new OrderEvent(
                order.version(),
                type,
                order.updatedAt(),
                request.caller().userId(),
                request.caller().email(),
                changes);
        return prepare(request, order, event);
    }

    /** Returns a write that only stores the response under the idempotency key, for a request that changes nothing. */
    OrderWrite prepareUnchanged(OrderRequest request, Order order) {
        return prepare(request, order.withoutLedgers(), null);
    }

    private OrderWrite prepare(OrderRequest request, Order order, @Nullable OrderEvent event) {
        return new OrderWrite(
                ids.get(),
                request.caller(),
                serializer.document(order),
                event,
                request.idempotencyKey(),
                request.dryRun());
    }

    /** Runs {@code work} while no other request with the same idempotency key runs in this process. */
    OrderResponse oneAtATime(OrderRequest request, Supplier<OrderResponse> work) {
        IdempotencyKey key = request.idempotencyKey();
        return key == null
                ? work.get()
                : lock.run(request.tenant(), key, work).orElseGet(RequestProblem.IdempotencyInFlight::new);
    }

    /** Removes the order from the cache after a failed write whose outcome is unknown. */
    void changedIfUnknown(OrderRequest request, OrdersUnavailableException failure) {
        cache.changedIfUnknown(request.tenant(), request.requiredOrderId(), failure);
    }

    /**
     * Returns the stored response to a request, and removes the order from the cache. The write may have been stored
     * late, after its connection was lost. Before that, a read may have put the old version into the cache.
     */
    View replay(TenantId tenant, OrderDocument document, View.Result result) {
        cache.changed(tenant, document.id());
        return new View(document, result, View.Delivery.REPLAYED);
    }

    /** Returns the response to a request whose write ended with {@code outcome}. */
    OrderResponse respond(WriteOutcome outcome, OrderWrite write, View.Result result) {
        return outcome.accept(new WriteOutcome.Visitor<OrderResponse>() {

            @Override
            public OrderResponse stored(OrderDocument document) {
                if (write.dryRun()) {
                    return new View(document, result, View.Delivery.DRY_RUN);
                }
                cache.stored(write.caller().tenant(), document);
                return new View(document, result, View.Delivery.CURRENT);
            }

            @Override
            public OrderResponse replayed(OrderDocument document) {
                return replay(write.caller().tenant(), document, result);
            }

            @Override
            public OrderResponse refused(Problem problem) {
                return problem;
            }
        });
    }
}
