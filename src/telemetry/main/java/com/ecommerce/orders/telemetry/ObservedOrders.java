package com.ecommerce.orders.telemetry;

import com.ecommerce.orders.identity.TenantId;
import com.ecommerce.orders.order.IdempotencyKey;
import com.ecommerce.orders.order.Order;
import com.ecommerce.orders.order.OrderEvent;
import com.ecommerce.orders.order.OrderId;
import com.ecommerce.orders.order.OrderQuery;
import com.ecommerce.orders.order.OrderWrite;
import com.ecommerce.orders.order.Orders;
import com.ecommerce.orders.order.Problem;
import com.ecommerce.orders.order.Slice;
import com.ecommerce.orders.order.WriteOutcome;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Orders whose round trips to the database are timed and traced. The times include the wait for a connection. */
final class ObservedOrders implements Orders {

    private static final String SYSTEM = "db.system.name";
    private static final String POSTGRESQL = "postgresql";
    private static final String OPERATION = "db.operation.name";

    private final Orders orders;
    private final Durations durations;
    private final Tracer tracer;

    ObservedOrders(Orders orders, MeterRegistry meters, Tracer tracer) {
        this.orders = orders;
        this.durations =
                new Durations(meters, "db.client.operation.duration", 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10);
        this.tracer = tracer;
    }

    @Override
    public WriteOutcome place(Order order, OrderWrite write, @Nullable Problem refusal) {
        return observe("place", () -> orders.place(order, write, refusal));
    }

    @Override
    public WriteOutcome replace(int from, Order order, OrderWrite write, boolean priceChanged) {
        return observe("replace", () -> orders.replace(from, order, write, priceChanged));
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

    private <T> T observe(String operation, Supplier<T> roundTrip) {
        long start = System.nanoTime();
        Tags tags = Tags.of(SYSTEM, POSTGRESQL, OPERATION, operation);
        Span span = tracer.spanBuilder("orders." + operation)
                .setSpanKind(SpanKind.CLIENT)
                .setAttribute(SYSTEM, POSTGRESQL)
                .setAttribute(OPERATION, operation)
                .startSpan();
        try (Scope current = span.makeCurrent()) {
            return roundTrip.get();
        } catch (RuntimeException e) {
            String type = e.getClass().getSimpleName();
            tags = tags.and("error.type", type);
            span.setAttribute("error.type", type);
            span.setStatus(StatusCode.ERROR, type);
            throw e;
        } finally {
            span.end();
            durations.record(start, tags);
        }
    }
}
