package com.ecommerce.orders.order;

import com.ecommerce.orders.operation.ETagCondition;
import com.ecommerce.orders.operation.IdempotencyKey;
import com.ecommerce.orders.operation.OrderProblem;
import com.ecommerce.orders.operation.OrderRequest;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.operation.OrdersUnavailableException;
import com.ecommerce.orders.operation.ProblemException;
import com.ecommerce.orders.operation.RequestProblem;
import com.ecommerce.orders.operation.View;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Changes one order: reads it, applies the change, and writes it if no other request has changed it since the read.
 * Otherwise tries again, unless {@code If-Match} excludes the new version.
 */
final class OptimisticUpdate {

    private static final int MAX_ATTEMPTS = 5;

    private final Orders orders;
    private final OrderSerializer serializer;
    private final IdempotentWrites writes;

    OptimisticUpdate(Orders orders, OrderSerializer serializer, IdempotentWrites writes) {
        this.orders = orders;
        this.serializer = serializer;
        this.writes = writes;
    }

    /**
     * Changes the order that {@code request} names.
     *
     * @param type the event that records the change
     */
    OrderResponse run(OrderRequest request, OrderEvent.Type type, Change change) {
        return writes.oneAtATime(request, () -> {
            for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
                OrderResponse response = attempt(request, type, change);
                if (response != null) {
                    return response;
                }
            }
            return new RequestProblem.Conflict();
        });
    }

    /** Reads and writes once. Returns {@code null} if another request came in between and a new attempt may help. */
    private @Nullable OrderResponse attempt(OrderRequest request, OrderEvent.Type type, Change change) {
        IdempotencyKey key = request.idempotencyKey();
        Orders.ChangeBasis basis = orders.findForChange(request.tenant(), request.requiredOrderId(), key);
        Orders.StoredAnswer stored = basis.answer();
        if (stored != null && key != null && stored.fingerprint().equals(key.fingerprint())) {
            return writes.replay(request.tenant(), stored.document(), View.Result.OK);
        }
        Order order = basis.order();
        if (order == null) {
            return new OrderProblem.OrderNotFound(request.requiredOrderId());
        }
        Supplier<Order> step = change.prepare(order, writes.now());
        checkPrecondition(request.precondition().ifMatch(), order, type);
        Order changed = step.get();
        if (stored != null) {
            return new RequestProblem.IdempotencyKeyReused();
        }
        if (changed == order && key == null) {
            return unchanged(request, order);
        }
        return write(request, order, changed, type);
    }

    private View unchanged(OrderRequest request, Order order) {
        View.Delivery delivery = request.dryRun() ? View.Delivery.DRY_RUN : View.Delivery.CURRENT;
        return new View(serializer.document(order), View.Result.OK, delivery);
    }

    private @Nullable OrderResponse write(OrderRequest request, Order order, Order changed, OrderEvent.Type type) {
        OrderWrite write = changed == order
                ? writes.prepareUnchanged(request, order)
                : writes.prepare(request, changed, type, changes(order, changed, type));
        WriteOutcome outcome;
        try {
            outcome = orders.replace(order, changed, write);
        } catch (OrdersUnavailableException lost) {
            writes.changedIfUnknown(request, lost);
            throw lost;
        }
        return isWorthAnotherAttempt(outcome, request.precondition().ifMatch())
                ? null
                : writes.respond(outcome, write, View.Result.OK);
    }

    private static boolean isWorthAnotherAttempt(WriteOutcome outcome, @Nullable ETagCondition ifMatch) {
        if (!(outcome instanceof WriteOutcome.Refused refused)) {
            return false;
        }
        if (refused.problem() instanceof OrderProblem.StaleVersion stale) {
            return ifMatch == null || ifMatch.includes(stale.current());
        }
        // Since the read, another request has used the key, and may have changed the order too.
        // The next read tells which rule is broken first.
        return refused.problem() instanceof RequestProblem.IdempotencyKeyReused;
    }

    private static void checkPrecondition(@Nullable ETagCondition ifMatch, Order order, OrderEvent.Type type) {
        if (ifMatch == null && type == OrderEvent.Type.ORDER_UPDATED) {
            throw new ProblemException(new RequestProblem.PreconditionRequired());
        }
        if (ifMatch != null && !ifMatch.includes(order.version())) {
            throw new ProblemException(new OrderProblem.StaleVersion(order.version()));
        }
    }

    private String changes(Order before, Order after, OrderEvent.Type type) {
        return type == OrderEvent.Type.ORDER_UPDATED
                ? serializer.changes(before.details(), after.details())
                : serializer.changes(after);
    }

    /** A change in two steps. A rule about the request alone is checked before the status and the version of the order. */
    @FunctionalInterface
    interface Change {

        /**
         * Checks the request against the content of the order.
         *
         * @return a step that checks the request against the order's status and returns the changed order; it returns
         *     {@code order} itself if nothing changes
         * @throws ProblemException if the request breaks a rule
         */
        Supplier<Order> prepare(Order order, Instant now);
    }
}
