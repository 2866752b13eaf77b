package com.ecommerce.orders.order;

import com.ecommerce.orders.identity.TenantId;
import com.ecommerce.orders.operation.IdempotencyKey;
import com.ecommerce.orders.operation.OrderDocument;
import com.ecommerce.orders.operation.OrderId;
import com.ecommerce.orders.operation.OrderQuery;
import com.ecommerce.orders.operation.OrdersUnavailableException;
import com.ecommerce.orders.operation.Problem;
import com.ecommerce.orders.operation.Slice;
import com.ecommerce.orders.operation.TenantBusyException;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Port: all orders of all tenants. Each method is one round trip and sees only the orders of the given tenant.
 *
 * <p>Each method throws {@link OrdersUnavailableException} if the storage can't be reached. It throws
 * {@link TenantBusyException} if the tenant has too many requests at the same time.
 */
public interface Orders {

    /**
     * Stores a new order with its first event, unless the idempotency key or the external reference is already used.
     *
     * @param refusal the problem that refuses the order after the key and the external reference were checked;
     *     {@code null} to store the order
     */
    WriteOutcome place(Order order, OrderWrite write, @Nullable Problem refusal);

    /**
     * Replaces {@code before} with {@code after}, and appends the event. Refuses the write if the order no longer has the
     * version of {@code before}.
     */
    WriteOutcome replace(Order before, Order after, OrderWrite write);

    /** Returns the order with this id, if the tenant has such an order. */
    Optional<Order> find(TenantId tenant, OrderId id);

    /** Reads the order and the response that is stored under the key, both in one snapshot. */
    ChangeBasis findForChange(TenantId tenant, OrderId id, @Nullable IdempotencyKey key);

    /**
     * Lists the orders that the query asks for, each mapped by {@code each}. Only one order at a time is in memory.
     *
     * @param maxBytes the largest size of all documents together; the list ends early if they are larger
     */
    <T> Slice<T> list(TenantId tenant, OrderQuery query, int maxBytes, Function<Order, T> each);

    /** Returns the order's events after {@code afterSeq}, in ascending order. Empty if the tenant has no such order. */
    Optional<Slice<OrderEvent>> events(TenantId tenant, OrderId id, int afterSeq, int limit, int maxBytes);

    /**
     * The state before a change.
     *
     * @param answer the response that is stored under the key; {@code null} if there is none
     * @param order the current order; {@code null} if the tenant has no such order
     */
    record ChangeBasis(@Nullable StoredAnswer answer, @Nullable Order order) {}

    /** The entry of an idempotency key: the fingerprint of the request, and the response. */
    record StoredAnswer(String fingerprint, OrderDocument document) {}
}
