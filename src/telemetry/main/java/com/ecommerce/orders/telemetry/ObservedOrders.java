package com.ecommerce.orders.telemetry;

import com.ecommerce.orders.identity.TenantId;
import com.ecommerce.orders.operation.IdempotencyKey;
import com.ecommerce.orders.operation.OrderId;
import com.ecommerce.orders.operation.OrderQuery;
import com.ecommerce.orders.operation.Problem;
import com.ecommerce.orders.operation.Slice;
import com.ecommerce.orders.order.Order;
import com.ecommerce.orders.order.OrderEvent;
import com.ecommerce.orders.order.OrderWrite;
import com.ecommerce.orders.order.Orders;
import com.ecommerce.orders.order.WriteOutcome;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Orders whose round trips to the database are timed and traced. The times include the wait for a connection. */
final class ObservedOrders implements Orders {

    private final Orders orders;
    private final ObservationRegistry observations;

    ObservedOrders(Orders orders, ObservationRegistry observations) {
        this.orders = orders;
        this.observations = observations;
    }

    @Override
    public WriteOutcome place(Order order, OrderWrite write, @Nullable Problem refusal) {
        return observe("place", () -> orders.place(order, write, refusal));
    }

    @Override
    public WriteOutcome replace(Order before, Order after, OrderWrite write) {
        return observe("replace", () -> orders.replace(before, after, write));
    }

    @Override
    public Optional<Order> find(TenantId tenant, OrderId id) {
        return observe("find", () -> orders.find(tenant, id));
    }

    @Override
    public ChangeBasis findForChange(TenantId tenant, OrderId id, @Nullable IdempotencyKey key) {
        return observe("findForChange", () -> orders.findForChange(tenant, id, key));
    }

    @Override
    public <T> Slice<T> list(TenantId tenant, OrderQuery query, int maxBytes, Function<Order, T> each) {
        return observe("list", () -> orders.list(tenant, query, maxBytes, each));
    }

    @Override
    public Optional<Slice<OrderEvent>> events(TenantId tenant, OrderId id, int afterSeq, int limit, int maxBytes) {
        return observe("events", () -> orders.events(tenant, id, afterSeq, limit, maxBytes));
    }

    private Observation start(String operation) {
        return Observation.start(
                        "db.client.operation.duration",
                        () -> new SenderContext<>((carrier, name, value) -> {}, Kind.CLIENT),
                        observations)
                .contextualName("orders." + operation)
                .lowCardinalityKeyValue("db.system.name", "postgresql")
                .lowCardinalityKeyValue("db.operation.name", operation);
    }

    /** Leaves the message of a failure out of the span, because the message may quote an order. */
    private <T> T observe(String operation, Supplier<T> roundTrip) {
        Observation observation = start(operation);
        Observation.Scope scope = observation.openScope();
        try {
            return roundTrip.get();
        } catch (RuntimeException e) {
            String type = e.getClass().getSimpleName();
            observation.lowCardinalityKeyValue("error.type", type);
            Span.current().setStatus(StatusCode.ERROR, type);
            throw e;
        } finally {
            scope.close();
            observation.stop();
        }
    }
}
