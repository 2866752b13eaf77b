package com.ecommerce.orders.order;

import com.ecommerce.orders.OperationConfiguration;
import com.ecommerce.orders.identity.Caller;
import com.ecommerce.orders.identity.TenantId;
import com.ecommerce.orders.operation.IdempotencyKey;
import com.ecommerce.orders.operation.Operation;
import com.ecommerce.orders.operation.OrderId;
import com.ecommerce.orders.operation.OrderQuery;
import com.ecommerce.orders.operation.OrderRequest;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.operation.OrderStatus;
import com.ecommerce.orders.operation.Problem;
import com.ecommerce.orders.operation.Slice;
import com.ecommerce.orders.pricing.Discount;
import com.ecommerce.orders.pricing.Money;
import com.ecommerce.orders.pricing.Shipping;
import com.ecommerce.orders.pricing.TaxRate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.context.support.GenericApplicationContext;

/** A storage that has one order for every tenant, stores no writes, and needs no database. */
public final class OneOrder implements Orders {

    /** The order's id. */
    public static final OrderId ID = new OrderId(UUID.fromString("019ab3c2-8d5e-7c31-9f0a-5b7d2e4c6a18"));

    private static final Instant PLACED = Instant.parse("2026-01-01T12:00:00Z");

    private final Order order;
    private final @Nullable Supplier<WriteOutcome> write;
    private final @Nullable StoredAnswer answer;

    private OneOrder(OrderStatus status, @Nullable Supplier<WriteOutcome> write, @Nullable StoredAnswer answer) {
        OrderDetails details = new OrderDetails(
                "ref-1",
                "EUR",
                new Customer("c-1", "ada@example.org", null),
                List.of(new OrderItem("A", "Apple", 2, new Money(50), new TaxRate("0.19"))),
                List.of(new Discount(null, new Money(1), null)),
                new Shipping(new Money(5), TaxRate.NONE),
                new Address("Ada", "1 Main St", null, "Berlin", null, "10115", "DE"),
                null,
                "note",
                Map.of("a", "b"));
        Order placed = Order.place(ID, details, new Caller(new TenantId("acme"), "alice", null, Set.of()), PLACED);
        this.order = status == OrderStatus.CONFIRMED ? placed.confirm(PLACED) : placed;
        this.write = write;
        this.answer = answer;
    }

    /** Returns a storage that has a stored response for every idempotency key. */
    static OneOrder answering(StoredAnswer answer) {
        return new OneOrder(OrderStatus.PLACED, null, answer);
    }

    /** Returns the order functions on this storage, by the names of their beans. */
    public static Map<String, Function<OrderRequest, OrderResponse>> functions(OrderSerializer format) {
        return functions(format, new OneOrder(OrderStatus.PLACED, null, null), DocumentCache.NONE);
    }

    /** Returns the same functions for an order with {@code status}. Each write ends as {@code write} says. */
    public static Map<String, Function<OrderRequest, OrderResponse>> functions(
            OrderSerializer format, OrderStatus status, Supplier<WriteOutcome> write) {
        return functions(format, status, write, DocumentCache.NONE);
    }

    static Map<String, Function<OrderRequest, OrderResponse>> functions(
            OrderSerializer format, OrderStatus status, Supplier<WriteOutcome> write, DocumentCache cache) {
        return functions(format, new OneOrder(status, write, null), cache);
    }

    /** Returns the writes to ledgers of a process without a cache. */
    public static LedgerWrites ledgerWrites() {
        return new LedgerWrites(
                Clock.systemUTC(), UUID::randomUUID, DocumentCache.NONE, new IdempotencyLock(Duration.ofSeconds(1)));
    }

    static Map<String, Function<OrderRequest, OrderResponse>> functions(
            OrderSerializer format, Orders storage, DocumentCache cache) {
        GenericApplicationContext context = new GenericApplicationContext();
        context.registerBean(Orders.class, () -> storage);
        context.registerBean(OrderSerializer.class, () -> format);
        context.registerBean(DocumentCache.class, () -> cache);
        context.register(new OrderConfiguration(), new OperationConfiguration());
        context.refresh();
        return Arrays.stream(Operation.values())
                .collect(Collectors.toMap(
                        Operation::bean,
                        operation -> request -> function(context, operation).apply(request)));
    }

    @SuppressWarnings("unchecked")
    private static Function<OrderRequest, OrderResponse> function(BeanFactory context, Operation operation) {
        return context.getBean(operation.bean(), Function.class);
    }

    @Override
    public WriteOutcome place(Order placed, OrderWrite change, @Nullable Problem refusal) {
        if (write != null) {
            return write.get();
        }
        return refusal == null ? new WriteOutcome.Stored(change.document()) : new WriteOutcome.Refused(refusal);
    }

    @Override
    public WriteOutcome replace(Order before, Order after, OrderWrite change) {
        return write != null ? write.get() : new WriteOutcome.Stored(change.document());
    }

    @Override
    public Optional<Order> find(TenantId tenant, OrderId id) {
        return id.equals(ID) ? Optional.of(order) : Optional.empty();
    }

    @Override
    public ChangeBasis findForChange(TenantId tenant, OrderId id, @Nullable IdempotencyKey key) {
        return new ChangeBasis(answer, find(tenant, id).orElse(null));
    }

    @Override
    public <T> Slice<T> list(TenantId tenant, OrderQuery query, int maxBytes, Function<Order, T> each) {
        return new Slice<>(List.of(each.apply(order)), true);
    }

    @Override
    public Optional<Slice<OrderEvent>> events(TenantId tenant, OrderId id, int afterSeq, int limit, int maxBytes) {
        OrderEvent event = new OrderEvent(1, OrderEvent.Type.ORDER_PLACED, PLACED, "alice", null, "{}");
        return find(tenant, id).map(found -> new Slice<>(List.of(event), true));
    }
}
