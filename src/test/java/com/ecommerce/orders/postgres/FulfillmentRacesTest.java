package com.ecommerce.orders.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.fulfillment.CancellationReason;
import com.ecommerce.orders.fulfillment.FulfillmentDetails;
import com.ecommerce.orders.fulfillment.FulfillmentRule;
import com.ecommerce.orders.fulfillment.ItemsCancellation;
import com.ecommerce.orders.fulfillment.LineQuantity;
import com.ecommerce.orders.fulfillment.NewFulfillment;
import com.ecommerce.orders.identity.Caller;
import com.ecommerce.orders.operation.Action;
import com.ecommerce.orders.operation.ETagCondition;
import com.ecommerce.orders.operation.EntryDocument;
import com.ecommerce.orders.operation.FulfillmentStatus;
import com.ecommerce.orders.operation.Ledger;
import com.ecommerce.orders.operation.LedgerProblem;
import com.ecommerce.orders.operation.OrderId;
import com.ecommerce.orders.operation.OrderProblem;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.operation.OrderStatus;
import com.ecommerce.orders.operation.Problem;
import com.ecommerce.orders.operation.View;
import com.ecommerce.orders.order.LedgerWrite;
import com.ecommerce.orders.order.LineCounters;
import com.ecommerce.orders.order.Order;
import com.ecommerce.orders.order.WriteOutcome;
import com.ecommerce.orders.pricing.Money;
import com.ecommerce.orders.returns.Disposition;
import com.ecommerce.orders.returns.NewReceipt;
import com.ecommerce.orders.returns.NewReceiptItem;
import com.ecommerce.orders.returns.NewReturn;
import com.ecommerce.orders.returns.NewReturnItem;
import com.ecommerce.orders.returns.ReturnRule;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Requests that want the last unit of an order at the same time, or that contradict each other. Exactly one succeeds. */
@NullUnmarked
class FulfillmentRacesTest {

    private static final int ROUNDS = 200;
    private static final int CLIENTS = 16;
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final List<LineQuantity> UNIT = List.of(new LineQuantity(1, 1));

    private static HikariDataSource pool;
    private static PostgresOrders orders;
    private static PostgresFulfillments fulfillments;
    private static PostgresReturns returns;
    private static PostgresLedgerEntries entries;
    private static Race race;

    private final Caller caller = Samples.callerOfNewTenant();

    @BeforeAll
    static void open() {
        pool = Samples.pool(CLIENTS);
        pool.setConnectionTimeout(60_000);
        Database database = new Database(pool, new TenantShares(CLIENTS, Duration.ofMinutes(1)));
        orders = new PostgresOrders(database);
        fulfillments = new PostgresFulfillments(database);
        returns = new PostgresReturns(database);
        entries = new PostgresLedgerEntries(database);
        race = new Race(CLIENTS);
    }

    @AfterAll
    static void close() {
        race.close();
        pool.close();
    }

    @Test
    void oneOf16ClientsFulfillsTheLastUnit() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            OrderId order = confirmed();

            List<OrderResponse> responses = race.run(CLIENTS, i -> fulfill(order));

            assertThat(responses).filteredOn(View.class::isInstance).hasSize(1);
            assertThat(Collections.frequency(responses, noUnit())).isEqualTo(CLIENTS - 1);
            assertThat(entries(Ledger.FULFILLMENTS, order)).isEqualTo(1);
            assertOrder(order, new LineCounters(0, 1, 0), FulfillmentStatus.FULFILLED);
        }
    }

    @Test
    void theLastUnitIsEitherCanceledOrFulfilled() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            OrderId order = confirmed();

            List<OrderResponse> responses = race.run(List.of(() -> cancelItems(order), () -> fulfill(order)));

            assertThat(responses).filteredOn(View.class::isInstance).hasSize(1);
            assertThat(responses).contains(noUnit());
            if (responses.get(0) instanceof View) {
                assertOrder(order, new LineCounters(1, 0, 0), FulfillmentStatus.CANCELLED);
            } else {
                assertOrder(order, new LineCounters(0, 1, 0), FulfillmentStatus.FULFILLED);
            }
        }
    }

    @Test
    void oneOfAReceiptAndAClosureWithTheSameVersionIsStored() throws Exception {
        ETagCondition version = new ETagCondition(false, Set.of(4));
        for (int round = 0; round < ROUNDS; round++) {
            OrderId order = confirmed();
            fulfill(order);
            UUID id = requestReturn(order);

            List<OrderResponse> responses =
                    race.run(List.of(() -> receive(id, order, version), () -> closeReturn(id, order, version)));

            assertThat(responses).filteredOn(View.class::isInstance).hasSize(1);
            assertThat(responses).contains(new OrderProblem.StaleVersion(5));
            boolean isReceived = responses.get(0) instanceof View;
            assertThat(json(id, order)).contains(isReceived ? "\"RECEIVED\"" : "\"CLOSED\"");
            assertOrder(
                    order,
                    new LineCounters(0, 1, isReceived ? 1 : 0),
                    isReceived ? FulfillmentStatus.RETURNED : FulfillmentStatus.FULFILLED);
        }
    }

    /** A closure may follow the receipt of all units. So it succeeds always, and decides whether a receipt comes too late. */
    @Test
    void aReceiptIsRefusedAfterAClosure() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            OrderId order = confirmed();
            fulfill(order);
            UUID id = requestReturn(order);

            List<OrderResponse> responses =
                    race.run(List.of(() -> receive(id, order, null), () -> closeReturn(id, order, null)));

            assertThat(responses.get(1)).isInstanceOf(View.class);
            boolean isReceived = responses.get(0) instanceof View;
            if (!isReceived) {
                assertThat(responses.get(0)).isEqualTo(ReturnRule.IS_OPEN.broken("CLOSED"));
            }
            assertThat(json(id, order)).contains("\"CLOSED\"");
            assertOrder(
                    order,
                    new LineCounters(0, 1, isReceived ? 1 : 0),
                    isReceived ? FulfillmentStatus.RETURNED : FulfillmentStatus.FULFILLED);
            // The unit may come back only if it has not yet come back.
            assertThat(returns.create(oneUnit(), write(UUID.randomUUID(), order, null)))
                    .isInstanceOf(isReceived ? LedgerProblem.QuantityExceeded.class : View.class);
        }
    }

    @Test
    void anOrderIsEitherCanceledOrFulfilled() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            OrderId order = confirmed();

            List<OrderResponse> responses = race.run(List.of(() -> cancelOrder(order), () -> fulfill(order)));

            assertThat(responses).filteredOn(View.class::isInstance).hasSize(1);
            Order after = orders.find(caller.tenant(), order).orElseThrow();
            if (responses.get(0) instanceof View) {
                assertThat(responses.get(1)).isEqualTo(FulfillmentRule.ORDER_IS_CONFIRMED.broken("CANCELLED"));
                assertThat(after.status()).isEqualTo(OrderStatus.CANCELLED);
                assertThat(after.units()).isEmpty();
                assertThat(after.ledgers().fulfillment()).isEqualTo(FulfillmentStatus.CANCELLED);
            } else {
                assertThat(responses.get(0)).isInstanceOf(OrderProblem.InvalidTransition.class);
                assertThat(after.status()).isEqualTo(OrderStatus.CONFIRMED);
                assertOrder(order, new LineCounters(0, 1, 0), FulfillmentStatus.FULFILLED);
            }
        }
    }

    private OrderId confirmed() {
        Order placed = Samples.order(caller, null, NOW);
        Order confirmed = Samples.confirmed(placed);
        assertThat(Samples.outcome(orders.place(placed, Samples.change(caller, placed), null)))
                .isEqualTo("STORED");
        assertThat(Samples.outcome(orders.replace(placed, confirmed, Samples.change(caller, confirmed))))
                .isEqualTo("STORED");
        return placed.id();
    }

    private OrderResponse fulfill(OrderId order) {
        NewFulfillment fulfillment = new NewFulfillment(UNIT, null, FulfillmentDetails.NONE, null);
        return Race.retried(() -> fulfillments.create(fulfillment, write(UUID.randomUUID(), order, null)));
    }

    private OrderResponse cancelItems(OrderId order) {
        ItemsCancellation cancellation = new ItemsCancellation(UNIT, CancellationReason.CUSTOMER, null);
        return Race.retried(() -> fulfillments.cancelItems(cancellation, write(UUID.randomUUID(), order, null)));
    }

    private UUID requestReturn(OrderId order) {
        View view = (View) returns.create(oneUnit(), write(UUID.randomUUID(), order, null));
        return ((EntryDocument) view.document()).id();
    }

    private static NewReturn oneUnit() {
        return new NewReturn(List.of(new NewReturnItem(1, 1, null)), null);
    }

    private OrderResponse receive(UUID id, OrderId order, ETagCondition ifMatch) {
        NewReceipt receipt = new NewReceipt(List.of(new NewReceiptItem(1, 1, Disposition.RESTOCK, Money.ZERO)));
        return Race.retried(() -> returns.receive(receipt, write(id, order, ifMatch)));
    }

    private OrderResponse closeReturn(UUID id, OrderId order, ETagCondition ifMatch) {
        return Race.retried(() -> returns.close(write(id, order, ifMatch)));
    }

    /** Cancels the order as {@code cancelOrder} does: a request that has lost a race reads the order again. */
    private OrderResponse cancelOrder(OrderId id) {
        while (true) {
            Order order = orders.find(caller.tenant(), id).orElseThrow();
            if (!order.allowedActions().contains(Action.CANCEL)) {
                return new OrderProblem.InvalidTransition(order.status(), Action.CANCEL, order.allowedActions());
            }
            Order canceled = Samples.withStatus(order, OrderStatus.CANCELLED, order.updatedAt());
            WriteOutcome outcome = orders.replace(order, canceled, Samples.change(caller, canceled));
            if (outcome instanceof WriteOutcome.Stored stored) {
                return new View(stored.document(), View.Result.OK, View.Delivery.CURRENT);
            }
            assertThat(Samples.outcome(outcome)).isEqualTo("STALE_VERSION");
        }
    }

    private LedgerWrite write(UUID entry, OrderId order, ETagCondition ifMatch) {
        return new LedgerWrite(UUID.randomUUID(), entry, NOW, caller, order, ifMatch, null, false);
    }

    private static Problem noUnit() {
        return new LedgerProblem.QuantityExceeded(List.of(new LedgerProblem.QuantityExceeded.Line(1, 1, 0)));
    }

    private void assertOrder(OrderId id, LineCounters units, FulfillmentStatus status) {
        Order order = orders.find(caller.tenant(), id).orElseThrow();
        assertThat(order.units()).containsExactly(units);
        assertThat(order.ledgers().fulfillment()).isEqualTo(status);
    }

    private int entries(Ledger ledger, OrderId order) {
        return entries.list(caller.tenant(), ledger, order, 0, 100, Integer.MAX_VALUE)
                .orElseThrow()
                .entries()
                .size();
    }

    private String json(UUID id, OrderId order) {
        EntryDocument entry =
                entries.find(caller.tenant(), Ledger.RETURNS, order, id).orElseThrow();
        return new String(entry.json(), StandardCharsets.UTF_8);
    }
}
