package com.ecommerce.orders.order;

import com.ecommerce.orders.identity.TenantId;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Port: all orders of all tenants. Each method is one round trip, sees only the tenant's own orders, and throws
 * {@link OrdersUnavailableException} if the storage can't be reached, {@link TenantBusyException} if the tenant has
 * too many requests under way.
 */
public interface Orders {

    /**
     * Stores a new order with its first event, unless the write's key or the external reference is taken.
     *
     * @param refusal the problem with which the order is refused if nothing else refuses it, {@code null} to store it
     */
    WriteOutcome place(Order order, OrderWrite write, @Nullable Problem refusal);

    /**
     * Replaces the order's version {@code from} by {@code order} and appends the event.
     *
     * @param priceChanged whether the lines may differ from those of version {@code from}
     */
    WriteOutcome replace(int from, Order order, OrderWrite write, boolean priceChanged);

    /** The order of that id, if the tenant has it. */
    Optional<Order> find(TenantId tenant, OrderId id);

    /** What a change needs to know: the stored answer of its key and the order, both of one instant. */
    ChangeBasis findForChange(TenantId tenant, OrderId id, @Nullable IdempotencyKey key);

    /**
     * Lists what {@code each} makes of the orders that the query asks for: at most the query's limit, and fewer if their
     * documents would fill more than {@code maxBytes}. Only one order at a time is in memory.
     */
    <T> Slice<T> list(TenantId tenant, OrderQuery query, int maxBytes, Function<Order, T> each);

    /** The order's events after {@code afterSeq}, ascending; empty if the tenant has no such order. */
    Optional<Slice<OrderEvent>> events(TenantId tenant, OrderId id, int afterSeq, int limit, int maxBytes);

    /**
     * What a change starts from.
     *
     * @param answer what was stored under the key, {@code null} if nothing was
     * @param order the order as it is, {@code null} if the tenant has no such order
     */
    record ChangeBasis(@Nullable StoredAnswer answer, @Nullable Order order) {}

    /** What an idempotency key holds: the request's fingerprint and what it was answered. */
    record StoredAnswer(String fingerprint, OrderDocument document) {}
}
