package com.ecommerce.orders.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.identity.Caller;
import com.ecommerce.orders.operation.ETagCondition;
import com.ecommerce.orders.operation.EntryDocument;
import com.ecommerce.orders.operation.IdempotencyKey;
import com.ecommerce.orders.operation.Ledger;
import com.ecommerce.orders.operation.LedgerProblem;
import com.ecommerce.orders.operation.OrderId;
import com.ecommerce.orders.operation.OrderProblem;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.operation.View;
import com.ecommerce.orders.order.LedgerWrite;
import com.ecommerce.orders.order.Order;
import com.ecommerce.orders.payment.NewTransaction;
import com.ecommerce.orders.payment.Settlement;
import com.ecommerce.orders.payment.TransactionKind;
import com.ecommerce.orders.payment.TransactionState;
import com.ecommerce.orders.pricing.Money;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Writes to the ledger at the same time. After each test, the sums of every order equal the sums of its entries. */
@NullUnmarked
class PaymentRacesTest {

    private static final int THREADS = 16;
    private static final int ROUNDS = 50;
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    /** The sums that an order stores, and the same sums, added up from its entries. */
    private static final String BOOKS =
            """
            SELECT ROW (o.authorized_total, o.captures, o.capture_pending, o.sales, o.sale_pending, o.voided,
                        o.void_pending, o.refunded, o.refund_pending, o.chargebacks, o.chargeback_reversals, o.allowances,
                        o.transactions_total, o.transactions_live, o.transactions_failed)::text AS stored,
                   (SELECT ROW (
                      coalesce(sum(t.amount) FILTER (WHERE t.kind = 'AUTHORIZATION' AND t.state = 'SUCCEEDED'), 0),
                      coalesce(sum(t.amount) FILTER (WHERE t.kind = 'CAPTURE' AND t.state = 'SUCCEEDED'), 0),
                      coalesce(sum(t.amount) FILTER (WHERE t.kind = 'CAPTURE' AND t.state = 'PENDING'), 0),
                      coalesce(sum(t.amount) FILTER (WHERE t.kind = 'SALE' AND t.state = 'SUCCEEDED'), 0),
                      coalesce(sum(t.amount) FILTER (WHERE t.kind = 'SALE' AND t.state = 'PENDING'), 0),
                      coalesce(sum(t.amount) FILTER (WHERE t.kind = 'VOID' AND t.state = 'SUCCEEDED'), 0),
                      coalesce(sum(t.amount) FILTER (WHERE t.kind = 'VOID' AND t.state = 'PENDING'), 0),
                      coalesce(sum(t.amount) FILTER (WHERE t.kind = 'REFUND' AND t.state = 'SUCCEEDED'), 0),
                      coalesce(sum(t.amount) FILTER (WHERE t.kind = 'REFUND' AND t.state = 'PENDING'), 0),
                      coalesce(sum(t.amount) FILTER (WHERE t.kind = 'CHARGEBACK' AND t.state = 'SUCCEEDED'), 0),
                      coalesce(sum(t.amount) FILTER (WHERE t.kind = 'CHARGEBACK_REVERSAL' AND t.state = 'SUCCEEDED'), 0),
                      coalesce(sum(t.allowance) FILTER (WHERE t.kind = 'REFUND' AND t.state = 'SUCCEEDED'), 0),
                      coalesce(sum(t.amount) FILTER (WHERE t.state <> 'FAILED'), 0),
                      count(*) FILTER (WHERE t.state <> 'FAILED'),
                      count(*) FILTER (WHERE t.state = 'FAILED'))::text
                    FROM transactions t WHERE t.tenant_id = o.tenant_id AND t.order_id = o.order_id) AS added
              FROM orders o WHERE o.tenant_id = ?
            """;

    private static HikariDataSource pool;
    private static PostgresOrders orders;
    private static PostgresTransactions transactions;
    private static PostgresLedgerEntries entries;
    private static Race race;

    private final Caller caller = Samples.callerOfNewTenant();

    @BeforeAll
    static void open() {
        pool = Samples.pool(THREADS);
        pool.setConnectionTimeout(60_000);
        Database database = new Database(pool, new TenantShares(THREADS, Duration.ofMinutes(1)));
        orders = new PostgresOrders(database);
        transactions = new PostgresTransactions(database);
        entries = new PostgresLedgerEntries(database);
        race = new Race(THREADS);
    }

    @AfterAll
    static void close() {
        race.close();
        pool.close();
    }

    @AfterEach
    void theSumsOfEachOrderEqualTheSumsOfItsEntries() throws Exception {
        try (HikariDataSource superusers = Samples.superuserPool();
                Connection connection = superusers.getConnection();
                PreparedStatement books = connection.prepareStatement(BOOKS)) {
            books.setString(1, caller.tenant().value());
            int count = 0;
            try (ResultSet row = books.executeQuery()) {
                while (row.next()) {
                    count++;
                    assertThat(row.getString("stored")).isEqualTo(row.getString("added"));
                }
            }
            assertThat(count).isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PENDING", "SUCCEEDED"})
    void acceptsOneOf200RefundsThatTogetherExceedTheCapturedAmount(TransactionState state) throws Exception {
        OrderId order = place();
        record(fact(TransactionKind.AUTHORIZATION, TransactionState.SUCCEEDED, 100, "authorization"), order);
        record(fact(TransactionKind.CAPTURE, TransactionState.SUCCEEDED, 100, "capture"), order);

        List<OrderResponse> responses =
                race.run(200, i -> record(fact(TransactionKind.REFUND, state, 60, "refund-" + i), order));

        assertThat(created(responses)).hasSize(1);
        assertThat(Collections.frequency(responses, new LedgerProblem.AmountExceeded(40)))
                .isEqualTo(199);
    }

    @Test
    void twinsOfOneFactMakeOneEntry() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            OrderId order = place();
            NewTransaction fact = fact(TransactionKind.SALE, TransactionState.SUCCEEDED, 100, "twin-" + round);

            List<OrderResponse> responses = race.run(THREADS, i -> record(fact, order));

            assertThat(created(responses)).hasSize(1);
            assertThat(responses)
                    .extracting(response -> entry(response).id())
                    .containsOnly(created(responses).get(0).id());
            assertThat(entries(order)).isEqualTo(1);
            assertThat(version(order)).isEqualTo(2);
        }
    }

    @Test
    void oneOfTwoOrdersGetsAFact() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            List<OrderId> both = List.of(place(), place());
            NewTransaction fact = fact(TransactionKind.SALE, TransactionState.SUCCEEDED, 100, "shared-" + round);

            List<OrderResponse> responses = race.run(2, i -> record(fact, both.get(i)));

            assertThat(created(responses)).hasSize(1);
            EntryDocument winner = created(responses).get(0);
            assertThat(responses).contains(new LedgerProblem.TransactionMismatch(winner.order(), winner.id()));
            assertThat(entries(both.get(0)) + entries(both.get(1))).isEqualTo(1);
        }
    }

    @Test
    void theFirstOfTwoContrarySettlementsHolds() throws Exception {
        List<TransactionState> states = List.of(TransactionState.SUCCEEDED, TransactionState.FAILED);
        for (int round = 0; round < ROUNDS; round++) {
            OrderId order = place();
            UUID id = entry(record(
                            fact(TransactionKind.AUTHORIZATION, TransactionState.PENDING, 100, "settled-" + round),
                            order))
                    .id();

            List<OrderResponse> responses = race.run(2, i -> settle(id, states.get(i), order));

            assertThat(responses).filteredOn(View.class::isInstance).hasSize(1);
            assertThat(responses)
                    .filteredOn(LedgerProblem.InvalidLedgerWrite.class::isInstance)
                    .hasSize(1);
            int winner = responses.get(0) instanceof View ? 0 : 1;
            assertThat(json(entries.find(caller.tenant(), Ledger.TRANSACTIONS, order, id)
                            .orElseThrow()))
                    .contains("\"state\":\"" + states.get(winner) + "\"");
            assertThat(version(order)).isEqualTo(3);
        }
    }

    @Test
    void equalSettlementsCountOnce() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            OrderId order = place();
            UUID id = entry(record(fact(TransactionKind.SALE, TransactionState.PENDING, 100, "paid-" + round), order))
                    .id();

            List<OrderResponse> responses = race.run(THREADS, i -> settle(id, TransactionState.SUCCEEDED, order));

            assertThat(responses).allMatch(View.class::isInstance);
            assertThat(version(order)).isEqualTo(3);
        }
    }

    @Test
    void twinsWithOneKeyGetTheSameResponse() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            OrderId order = place();
            IdempotencyKey key = new IdempotencyKey("key-" + round, "fingerprint");
            // Without a reference, only the key tells that the requests are the same.
            NewTransaction authorization = fact(TransactionKind.AUTHORIZATION, TransactionState.PENDING, 100, null);

            List<OrderResponse> responses = race.run(
                    THREADS,
                    i -> Race.retried(
                            () -> transactions.record(authorization, write(UUID.randomUUID(), order, null, key))));

            assertThat(created(responses)).hasSize(THREADS);
            assertThat(responses)
                    .extracting(response -> entry(response).orderVersion() + json(entry(response)))
                    .containsOnly(2 + json(entry(responses.get(0))));
            assertThat(responses)
                    .filteredOn(response -> ((View) response).delivery() == View.Delivery.CURRENT)
                    .hasSize(1);
            assertThat(entries(order)).isEqualTo(1);
        }
    }

    @Test
    void oneOfManyWritesWithTheSameVersionIsStored() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            OrderId order = place();
            ETagCondition first = new ETagCondition(false, Set.of(1));
            String prefix = "version-" + round + "-";

            List<OrderResponse> responses = race.run(
                    THREADS,
                    i -> Race.retried(() -> transactions.record(
                            fact(TransactionKind.SALE, TransactionState.SUCCEEDED, 100, prefix + i),
                            write(UUID.randomUUID(), order, first, null))));

            assertThat(created(responses)).hasSize(1);
            assertThat(Collections.frequency(responses, new OrderProblem.StaleVersion(2)))
                    .isEqualTo(THREADS - 1);
        }
    }

    private OrderResponse record(NewTransaction transaction, OrderId order) {
        return Race.retried(() -> transactions.record(transaction, write(UUID.randomUUID(), order, null, null)));
    }

    private OrderResponse settle(UUID id, TransactionState state, OrderId order) {
        return Race.retried(() -> transactions.settle(new Settlement(state, null, null), write(id, order, null, null)));
    }

    private LedgerWrite write(UUID entry, OrderId order, ETagCondition ifMatch, IdempotencyKey key) {
        return new LedgerWrite(UUID.randomUUID(), entry, NOW, caller, order, ifMatch, key, false);
    }

    private OrderId place() {
        Order order = Samples.order(caller, null, NOW);
        assertThat(Samples.outcome(orders.place(order, Samples.change(caller, order), null)))
                .isEqualTo("STORED");
        return order.id();
    }

    private int version(OrderId order) {
        return orders.find(caller.tenant(), order).orElseThrow().version();
    }

    private int entries(OrderId order) {
        return entries.list(caller.tenant(), Ledger.TRANSACTIONS, order, 0, 100, Integer.MAX_VALUE)
                .orElseThrow()
                .entries()
                .size();
    }

    private static List<EntryDocument> created(List<OrderResponse> responses) {
        return responses.stream()
                .filter(response -> response instanceof View view && view.result() == View.Result.CREATED)
                .map(PaymentRacesTest::entry)
                .toList();
    }

    private static EntryDocument entry(OrderResponse response) {
        return (EntryDocument) ((View) response).document();
    }

    private static String json(EntryDocument entry) {
        return new String(entry.json(), StandardCharsets.UTF_8);
    }

    private static NewTransaction fact(TransactionKind kind, TransactionState state, long amount, String reference) {
        return new NewTransaction(
                null,
                kind,
                state,
                new Money(amount),
                "EUR",
                "stripe",
                reference,
                null,
                null,
                List.of(),
                null,
                null,
                null,
                null,
                null,
                false,
                Map.of(),
                null);
    }
}
