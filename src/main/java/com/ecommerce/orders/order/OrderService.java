package com.ecommerce.orders.order;

import com.ecommerce.orders.identity.TenantId;
import com.ecommerce.orders.order.OrderCommand.CancelOrder;
import com.ecommerce.orders.order.OrderCommand.CreateOrder;
import com.ecommerce.orders.order.OrderCommand.UpdateOrder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The use cases: what each order operation does. Throws {@link Refusal} where it refuses. */
final class OrderService {

    /** A page of JSON stays below what the narrowest platform lets through (Lambda: 6 MB). */
    static final int MAX_PAGE_BYTES = 4 * 1024 * 1024;

    private static final int MAX_RACES = 5;
    private static final Duration TWIN_PATIENCE = Duration.ofSeconds(3);
    private static final int ENVELOPE_BYTES = 1024;

    private final Orders orders;
    private final OrderSerializer format;
    private final Clock clock;
    private final Supplier<UUID> ids;
    private final DocumentCache cache;
    private final IdempotencyLock keyQueue = new IdempotencyLock(TWIN_PATIENCE);

    OrderService(Orders orders, OrderSerializer format, Clock clock, Supplier<UUID> ids, DocumentCache cache) {
        this.orders = orders;
        this.format = format;
        this.clock = clock;
        this.ids = ids;
        this.cache = cache;
    }

    OrderResponse create(OrderRequest request) {
        CreateOrder command = request.command(CreateOrder.class);
        Order order = Order.place(new OrderId(ids.get()), command.draft(), request.caller(), now());
        OrderWrite change = change(request, order, OrderEvent.Type.ORDER_PLACED, format.changes(order.draft()));
        WriteOutcome outcome =
                oneAtATime(request, () -> orders.place(order, change, costsOtherThanExpected(order, command)));
        return switch (outcome.kind()) {
            case REFUSED -> OrderProblem.totalMismatch(order.price().totals());
            case DUPLICATE_EXTERNAL_REF -> OrderProblem.duplicateExternalRef(existing(outcome));
            default -> answer(outcome, change, true);
        };
    }

    private static boolean costsOtherThanExpected(Order order, CreateOrder command) {
        Money expected = command.expectedTotal();
        return expected != null && !expected.equals(order.price().totals().grandTotal());
    }

    OrderResponse get(OrderRequest request) {
        OrderId id = request.requiredOrderId();
        OrderDocument document = cache.get(tenant(request), id, () -> orders.find(tenant(request), id)
                        .map(format::document))
                .orElseThrow(() -> new Refusal(OrderProblem.notFound(id)));
        ETagCondition known = request.precondition().ifNoneMatch();
        if (known != null && known.includes(document.version())) {
            return new NotModified(document.version());
        }
        return new OrderView(document, false, false, false);
    }

    OrderResponse list(OrderRequest request) {
        OrderQuery query = request.query();
        Slice<Listed> slice = orders.list(
                tenant(request),
                query,
                MAX_PAGE_BYTES - ENVELOPE_BYTES,
                order -> new Listed(format.document(order), query.sort().keyOf(order)));
        List<OrderDocument> page = new ArrayList<>(slice.entries().size());
        int bytes = ENVELOPE_BYTES;
        for (Listed listed : slice.entries()) {
            bytes += listed.document().json().length + 1;
            if (bytes > MAX_PAGE_BYTES && !page.isEmpty()) {
                break;
            }
            page.add(listed.document());
        }
        boolean more = slice.more() || page.size() < slice.entries().size();
        return new OrderPage(page, more ? slice.entries().get(page.size() - 1).key() : null);
    }

    /** An order as a page keeps it. */
    private record Listed(OrderDocument document, KeysetPosition key) {}

    OrderResponse events(OrderRequest request) {
        OrderId id = request.requiredOrderId();
        OrderQuery query = request.query();
        Slice<OrderEvent> slice = orders.events(
                        tenant(request), id, query.afterSeq(), query.limit(), MAX_PAGE_BYTES - ENVELOPE_BYTES)
                .orElseThrow(() -> new Refusal(OrderProblem.notFound(id)));
        List<OrderEvent> events = slice.entries();
        return new OrderEvents(
                id, events, slice.more() ? events.get(events.size() - 1).seq() : null);
    }

    OrderResponse update(OrderRequest request) {
        OrderPatch patch = request.command(UpdateOrder.class).patch();
        return change(request, OrderEvent.Type.ORDER_UPDATED, (order, now) -> {
            OrderDetails changed = patch.applyTo(order.draft());
            Price price = changed.isPricedLike(order.draft()) ? order.price() : Pricing.price(changed);
            return () -> order.update(changed, price, patch.fields(), now);
        });
    }

    OrderResponse confirm(OrderRequest request) {
        return change(request, OrderEvent.Type.ORDER_CONFIRMED, (order, now) -> () -> order.confirm(now));
    }

    OrderResponse complete(OrderRequest request) {
        return change(request, OrderEvent.Type.ORDER_COMPLETED, (order, now) -> () -> order.complete(now));
    }

    OrderResponse cancel(OrderRequest request) {
        String reason = request.command(CancelOrder.class).reason();
        return change(request, OrderEvent.Type.ORDER_CANCELLED, (order, now) -> () -> order.cancel(reason, now));
    }

    private OrderResponse change(OrderRequest request, OrderEvent.Type type, Transition transition) {
        return oneAtATime(request, () -> {
            for (int race = 0; race < MAX_RACES; race++) {
                OrderResponse response = tryChange(request, type, transition);
                if (response != null) {
                    return response;
                }
            }
            return conflict();
        });
    }

    /** One read and one guarded write; {@code null} if another writer came between the two and may be outwaited. */
    private @Nullable OrderResponse tryChange(OrderRequest request, OrderEvent.Type type, Transition transition) {
        OrderId id = request.requiredOrderId();
        IdempotencyKey key = request.idempotencyKey();
        Orders.ChangeBasis basis = orders.findForChange(tenant(request), id, key);
        Orders.StoredAnswer stored = basis.answer();
        if (stored != null && key != null && stored.fingerprint().equals(key.fingerprint())) {
            return new OrderView(stored.document(), false, true, false);
        }
        Order order = basis.order();
        if (order == null) {
            return OrderProblem.notFound(id);
        }
        Supplier<Order> step = transition.prepare(order, now());
        checkPrecondition(request.precondition().ifMatch(), order, type);
        Order changed = step.get();
        if (stored != null) {
            return keyReused();
        }
        if (changed == order && key == null) {
            return new OrderView(format.document(order), false, false, request.dryRun());
        }
        OrderWrite change = changed == order
                ? new OrderWrite(ids.get(), request.caller(), format.document(order), null, key, false)
                : change(request, changed, type, changes(order, changed, type));
        boolean priceChanged = !changed.draft().isPricedLike(order.draft());
        WriteOutcome outcome = orders.replace(order.version(), changed, change, priceChanged);
        return switch (outcome.kind()) {
            case STALE -> excludes(request, outcome.version()) ? OrderProblem.stale(outcome.version()) : null;
            // Since the read, another request has taken the key and perhaps changed this order: what is refused first?
            case KEY_REUSED -> null;
            default -> answer(outcome, change, false);
        };
    }

    private static boolean excludes(OrderRequest request, int version) {
        ETagCondition ifMatch = request.precondition().ifMatch();
        return ifMatch != null && !ifMatch.includes(version);
    }

    private static void checkPrecondition(@Nullable ETagCondition ifMatch, Order order, OrderEvent.Type type) {
        if (ifMatch == null && type == OrderEvent.Type.ORDER_UPDATED) {
            throw new Refusal(OrderProblem.preconditionRequired());
        }
        if (ifMatch != null && !ifMatch.includes(order.version())) {
            throw new Refusal(OrderProblem.stale(order.version()));
        }
    }

    private OrderWrite change(OrderRequest request, Order order, OrderEvent.Type type, String changes) {
        OrderEvent event = new OrderEvent(
                order.version(),
                type,
                order.updatedAt(),
                request.caller().userId(),
                request.caller().email(),
                changes);
        return new OrderWrite(
                ids.get(), request.caller(), format.document(order), event, request.idempotencyKey(), request.dryRun());
    }

    private String changes(Order before, Order after, OrderEvent.Type type) {
        return type == OrderEvent.Type.ORDER_UPDATED
                ? format.changes(before.draft(), after.draft())
                : format.changes(after);
    }

    private OrderResponse answer(WriteOutcome outcome, OrderWrite change, boolean created) {
        return switch (outcome.kind()) {
            case STORED -> stored(change, created);
            case REPLAYED -> new OrderView(document(outcome), created, true, false);
            case KEY_REUSED -> keyReused();
            case KEY_IN_FLIGHT -> inFlight();
            case NOT_FOUND -> OrderProblem.notFound(change.document().id());
            case CONFLICT -> conflict();
            default -> throw new IllegalStateException("A write can't end with " + outcome.kind() + " here");
        };
    }

    private OrderResponse stored(OrderWrite change, boolean created) {
        if (!change.dryRun()) {
            cache.stored(change.caller().tenant(), change.document());
        }
        return new OrderView(change.document(), created, false, change.dryRun());
    }

    private <T> T oneAtATime(OrderRequest request, Supplier<T> work) {
        IdempotencyKey key = request.idempotencyKey();
        return key == null
                ? work.get()
                : keyQueue.run(tenant(request), key, work).orElseThrow(() -> new Refusal(inFlight()));
    }

    private static OrderProblem inFlight() {
        return OrderProblem.of(
                OrderProblem.Code.IDEMPOTENCY_IN_FLIGHT,
                "A request with this Idempotency-Key is still running; send this one again in a second");
    }

    private static OrderProblem keyReused() {
        return OrderProblem.of(
                OrderProblem.Code.IDEMPOTENCY_KEY_REUSED,
                "This Idempotency-Key was used for another request; use a new key for a new request");
    }

    private static OrderProblem conflict() {
        return OrderProblem.of(
                OrderProblem.Code.CONFLICT, "Others kept changing the order at the same time; send the request again");
    }

    private static OrderDocument document(WriteOutcome outcome) {
        if (outcome.document() == null) {
            throw new IllegalStateException("A replay without its answer");
        }
        return outcome.document();
    }

    private static OrderId existing(WriteOutcome outcome) {
        if (outcome.existing() == null) {
            throw new IllegalStateException("A duplicate without its original");
        }
        return outcome.existing();
    }

    private static TenantId tenant(OrderRequest request) {
        return request.caller().tenant();
    }

    /** To the microsecond, as PostgreSQL keeps it: what is answered is what is stored. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** A change in two steps, since a request that is wrong in itself is refused before one that comes too late. */
    private interface Transition {

        /**
         * Checks the request against the order's content.
         *
         * @return checks it against the order's status, and makes the order that it leads to; the order itself if there
         *     is nothing to change
         * @throws Refusal if the request breaks a rule
         */
        Supplier<Order> prepare(Order order, Instant now);
    }
}
