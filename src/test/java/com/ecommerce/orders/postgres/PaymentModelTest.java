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
import com.ecommerce.orders.operation.OrderStatus;
import com.ecommerce.orders.operation.Problem;
import com.ecommerce.orders.operation.View;
import com.ecommerce.orders.order.LedgerEntries;
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
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.NullUnmarked;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Random sequences of writes to the ledgers of two orders. After each write, the database must agree with
 * {@link PaymentModel}. {@link PaymentSequences} runs more of them.
 */
@NullUnmarked
class PaymentModelTest {

    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");
    private static final long[] AMOUNTS = {100, 300, 400, 600, 1_000};
    private static final int MAX_STEPS = 16;
    private static final int NO_LIMIT = Integer.MAX_VALUE;

    /** The entries that the first order seems to have already, so that a sequence reaches the limits: live and FAILED. */
    private static final int[][] OTHER_ENTRIES = {{0, 0}, {197, 797}, {190, 799}, {1_998, 1_998}};

    private static HikariDataSource pool;
    private static HikariDataSource superusers;
    private static PostgresOrders orders;
    private static PostgresTransactions transactions;
    private static PostgresLedgerEntries entries;

    private Caller caller;
    private List<UUID> ids;
    private PaymentModel model;
    private Map<String, String> responses;

    @BeforeContainer
    static void open() {
        pool = Samples.pool(2);
        superusers = Samples.superuserPool();
        orders = Samples.orders(pool);
        transactions = Samples.transactions(pool);
        entries = Samples.entries(pool);
    }

    @AfterContainer
    static void close() {
        pool.close();
        superusers.close();
    }

    @Property(tries = 250)
    void theLedgerAgreesWithTheModel(@ForAll("steps") List<Step> steps) {
        caller = Samples.callerOfNewTenant();
        model = new PaymentModel();
        responses = new HashMap<>();
        int[] others = OTHER_ENTRIES[steps.size() % OTHER_ENTRIES.length];
        ids = List.of(place(others[0], others[1]), place(0, 0));
        for (int i = 0; i < steps.size(); i++) {
            run(steps.get(i), START.plusSeconds(i));
        }
    }

    @Provide
    static Arbitrary<List<Step>> steps() {
        return Arbitraries.randomValue(Step::random).list().ofMinSize(1).ofMaxSize(MAX_STEPS);
    }

    private UUID place(int otherLive, int otherFailed) {
        Order order = Samples.order(caller, null, START);
        orders.place(order, Samples.change(caller, order), null);
        count(order, otherLive, otherFailed);
        model.place(
                order.id().value(),
                new PaymentModel.Account(
                        1,
                        OrderStatus.PLACED,
                        order.price().totals().grandTotal().minorUnits(),
                        "EUR",
                        otherLive,
                        otherFailed,
                        0,
                        START));
        return order.id().value();
    }

    private static void count(Order order, int live, int failed) {
        try (Connection superuser = superusers.getConnection();
                PreparedStatement update = superuser.prepareStatement(
                        "UPDATE orders SET transactions_live = ?, transactions_failed = ? WHERE order_id = ?")) {
            update.setInt(1, live);
            update.setInt(2, failed);
            update.setObject(3, order.id().value());
            update.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void run(Step step, Instant now) {
        UUID order = ids.get(step.order);
        // Another machine's clock may be late.
        Instant at = now.minusSeconds(step.lateBy);
        if (step.action == Action.TRANSITION) {
            transition(step, order, at);
        } else {
            write(step, order, at);
        }
        check(order);
    }

    private void transition(Step step, UUID id, Instant at) {
        OrderStatus next = step.next(model.account(id).status());
        if (next == null) {
            return;
        }
        Order before = orders.find(caller.tenant(), new OrderId(id)).orElseThrow();
        Instant time = at.isAfter(before.updatedAt()) ? at : before.updatedAt();
        Order after = Samples.withStatus(before, next, time);
        assertThat(Samples.outcome(orders.replace(before, after, Samples.change(caller, after))))
                .isEqualTo("STORED");
        model.changeStatus(id, next, time);
    }

    private void write(Step step, UUID order, Instant at) {
        List<PaymentModel.Entry> all = model.entries();
        PaymentModel.Entry like = step.like < 0 || all.isEmpty() ? null : all.get(step.like % all.size());
        if (step.action == Action.SETTLE && like == null) {
            return;
        }
        UUID id = step.action == Action.SETTLE ? like.id() : UUID.randomUUID();
        UUID target = step.action == Action.SETTLE && step.staysOnOrder ? like.order() : order;
        Integer ifMatch =
                step.versionOffset == null ? null : model.account(target).version() - step.versionOffset;
        LedgerWrite write = new LedgerWrite(
                UUID.randomUUID(),
                id,
                at,
                caller,
                new OrderId(target),
                ifMatch == null ? null : new ETagCondition(false, Set.of(ifMatch)),
                step.key,
                step.dryRun);
        PaymentModel tried = step.dryRun ? model.copy() : model;
        PaymentModel.Write expected = new PaymentModel.Write(target, id, ifMatch, at, step.dryRun ? null : step.key);
        if (step.action == Action.SETTLE) {
            Settlement settlement = step.settlement();
            assertThat(describe(transactions.settle(settlement, write), step))
                    .as("%s on %s", settlement, like)
                    .isEqualTo(tried.settle(id, settlement, expected));
        } else {
            NewTransaction posted = step.transaction(like);
            assertThat(describe(transactions.record(posted, write), step))
                    .as("%s", posted)
                    .isEqualTo(tried.record(posted, expected));
        }
        check(target);
    }

    private void check(UUID id) {
        Order order = orders.find(caller.tenant(), new OrderId(id)).orElseThrow();
        assertThat(order.ledgers().payment()).isEqualTo(model.payment(id));
        assertThat(order.version()).isEqualTo(model.account(id).version());
        assertThat(order.updatedAt()).isEqualTo(model.account(id).updatedAt());
        List<LedgerEntries.Entry> stored = entries.list(
                        caller.tenant(), Ledger.TRANSACTIONS, new OrderId(id), 0, 100, NO_LIMIT)
                .orElseThrow()
                .entries();
        assertThat(stored)
                .extracting(entry -> describe(JsonMapper.shared().readTree(entry.json())))
                .containsExactlyElementsOf(model.entries(id).stream()
                        .map(PaymentModelTest::describe)
                        .toList());
    }

    private String describe(OrderResponse response, Step step) {
        if (response instanceof View view && view.document() instanceof EntryDocument entry) {
            String text = view.result() + " " + entry.id() + " " + entry.orderVersion();
            if (view.delivery() != View.Delivery.REPLAYED) {
                remember(step, entry);
                return text;
            }
            assertThat(new String(entry.json(), StandardCharsets.UTF_8)).isEqualTo(responses.get(step.key.value()));
            return "REPLAYED " + text;
        }
        return describe((Problem) response);
    }

    static String describe(Problem response) {
        if (response instanceof LedgerProblem.AmountExceeded problem) {
            return problem.code() + " " + problem.available();
        }
        if (response instanceof OrderProblem.StaleVersion problem) {
            return problem.code() + " " + problem.current();
        }
        if (response instanceof LedgerProblem.TransactionMismatch problem) {
            return problem.code() + " " + problem.order() + " " + problem.existing();
        }
        return response.code().name();
    }

    private void remember(Step step, EntryDocument response) {
        if (step.key != null && !step.dryRun) {
            responses.put(step.key.value(), new String(response.json(), StandardCharsets.UTF_8));
        }
    }

    static Map<String, Object> describe(JsonNode entry) {
        return Map.of(
                "id", entry.path("id").asString(),
                "kind", entry.path("kind").asString(),
                "state", entry.path("state").asString(),
                "amount", entry.path("amount").asLong(),
                "reference", entry.path("reference").asString("none"),
                "observed", entry.path("observed").asBoolean(false),
                "failureReason", entry.path("failureReason").asString("none"),
                "occurredAt", time(entry.path("occurredAt").asString("none")),
                "updatedAt", time(entry.path("updatedAt").asString("none")));
    }

    static Map<String, Object> describe(PaymentModel.Entry entry) {
        return Map.of(
                "id", entry.id().toString(),
                "kind", entry.kind().name(),
                "state", entry.state().name(),
                "amount", entry.amount(),
                "reference", entry.reference() == null ? "none" : entry.reference(),
                "observed", entry.observed(),
                "failureReason", entry.failureReason() == null ? "none" : entry.failureReason(),
                "occurredAt", entry.occurredAt() == null ? "none" : entry.occurredAt(),
                "updatedAt", entry.updatedAt());
    }

    private static Object time(String text) {
        return text.equals("none") ? text : Instant.parse(text);
    }

    enum Action {
        RECORD,
        SETTLE,
        TRANSITION
    }

    /**
     * One step of a sequence.
     *
     * @param like the entry that the step is about, counted from the first entry; negative for none
     * @param versionOffset how far If-Match is behind the order's version; {@code null} for no If-Match
     */
    record Step(
            Action action,
            int order,
            TransactionKind kind,
            TransactionState state,
            long amount,
            String reference,
            String payment,
            int allowancePercent,
            boolean observed,
            Integer occurredAfter,
            int like,
            boolean likeReference,
            boolean named,
            boolean staysOnOrder,
            String currency,
            boolean cancels,
            Integer versionOffset,
            int lateBy,
            boolean dryRun,
            IdempotencyKey key) {

        static Step random(Random random) {
            int action = random.nextInt(10);
            return new Step(
                    action < 6 ? Action.RECORD : action < 9 ? Action.SETTLE : Action.TRANSITION,
                    random.nextInt(4) / 3,
                    any(random, TransactionKind.values()),
                    any(random, TransactionState.values()),
                    AMOUNTS[random.nextInt(AMOUNTS.length)],
                    random.nextInt(3) == 0 ? null : "r" + random.nextInt(5),
                    random.nextInt(4) == 0 ? "p" + random.nextInt(2) : null,
                    random.nextInt(3) * 50,
                    random.nextInt(6) == 0,
                    random.nextInt(2) == 0 ? null : random.nextInt(MAX_STEPS),
                    random.nextInt(3) == 0 ? -1 : random.nextInt(MAX_STEPS),
                    random.nextBoolean(),
                    random.nextInt(3) == 0,
                    random.nextInt(8) != 0,
                    random.nextInt(20) == 0 ? "USD" : "EUR",
                    random.nextInt(3) == 0,
                    random.nextInt(6) == 0 ? Integer.valueOf(random.nextInt(2)) : null,
                    random.nextInt(4) == 0 ? 3 : 0,
                    random.nextInt(12) == 0,
                    random.nextInt(3) == 0
                            ? new IdempotencyKey("k" + random.nextInt(3), "f" + random.nextInt(2))
                            : null);
        }

        private static <T> T any(Random random, T[] values) {
            return values[random.nextInt(values.length)];
        }

        OrderStatus next(OrderStatus status) {
            return switch (status) {
                case PLACED -> cancels ? OrderStatus.CANCELLED : OrderStatus.CONFIRMED;
                case CONFIRMED -> cancels ? OrderStatus.CANCELLED : OrderStatus.COMPLETED;
                default -> null;
            };
        }

        Settlement settlement() {
            return new Settlement(state, reference, state == TransactionState.FAILED ? "Settled" : null);
        }

        /** Returns a transaction that resembles {@code other}, if there is one. */
        NewTransaction transaction(PaymentModel.Entry other) {
            TransactionKind newKind = other == null ? kind : other.kind();
            Money newAmount = new Money(other == null ? amount : other.amount());
            String newReference = other != null && likeReference && other.reference() != null
                    ? other.reference()
                    : reference == null && state != TransactionState.PENDING ? "r" + order : reference;
            return new NewTransaction(
                    named && other != null ? other.id() : null,
                    newKind,
                    state,
                    newAmount,
                    currency,
                    "stripe",
                    newReference,
                    payment,
                    null,
                    List.of(),
                    null,
                    newKind == TransactionKind.REFUND
                            ? new Money(newAmount.minorUnits() * allowancePercent / 100)
                            : null,
                    null,
                    null,
                    occurredAfter == null ? null : START.plusSeconds(occurredAfter),
                    observed,
                    Map.of(),
                    state == TransactionState.FAILED ? "Declined" : null);
        }
    }
}
