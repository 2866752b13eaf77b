package com.ecommerce.orders.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.fulfillment.CancellationReason;
import com.ecommerce.orders.fulfillment.FulfillmentDetails;
import com.ecommerce.orders.fulfillment.ItemsCancellation;
import com.ecommerce.orders.fulfillment.LineQuantity;
import com.ecommerce.orders.fulfillment.NewFulfillment;
import com.ecommerce.orders.identity.Caller;
import com.ecommerce.orders.json.JsonOrderSerializer;
import com.ecommerce.orders.operation.ETagCondition;
import com.ecommerce.orders.operation.EntryDocument;
import com.ecommerce.orders.operation.IdempotencyKey;
import com.ecommerce.orders.operation.Ledger;
import com.ecommerce.orders.operation.LedgerProblem;
import com.ecommerce.orders.operation.OrderId;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.operation.OrderStatus;
import com.ecommerce.orders.operation.Problem;
import com.ecommerce.orders.operation.RequestProblem;
import com.ecommerce.orders.operation.View;
import com.ecommerce.orders.operation.Violation;
import com.ecommerce.orders.order.LedgerEntries;
import com.ecommerce.orders.order.LedgerWrite;
import com.ecommerce.orders.order.LineCounters;
import com.ecommerce.orders.order.Order;
import com.ecommerce.orders.order.OrderItem;
import com.ecommerce.orders.payment.NewTransaction;
import com.ecommerce.orders.pricing.LineAmounts;
import com.ecommerce.orders.pricing.Money;
import com.ecommerce.orders.pricing.TaxRate;
import com.ecommerce.orders.returns.Disposition;
import com.ecommerce.orders.returns.NewReceipt;
import com.ecommerce.orders.returns.NewReceiptItem;
import com.ecommerce.orders.returns.NewReturn;
import com.ecommerce.orders.returns.NewReturnItem;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
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
 * Random sequences of writes to all ledgers of an order. After each write, the database must agree with
 * {@link FulfillmentModel}. {@link FulfillmentSequences} runs more of them.
 */
@NullUnmarked
class FulfillmentModelTest {

    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");
    private static final int LINES = 3;
    private static final int MAX_STEPS = 24;
    private static final int NO_LIMIT = Integer.MAX_VALUE;
    private static final JsonOrderSerializer FORMAT = new JsonOrderSerializer();

    /** The counters of an order, then those of each line. The units of an order are counted when the first of them moves. */
    private static final String COUNTERS =
            """
            SELECT ROW (nullif(o.units, 0), o.units_cancelled, o.units_fulfilled, o.units_returned, o.fulfillments_live,
                        o.fulfillments_delivered, o.credits)::text
                   || (SELECT string_agg(ROW (i.cancelled, i.fulfilled, i.return_pending, i.returned, i.credited)::text,
                                         '' ORDER BY i.line_number)
                         FROM order_items i WHERE i.order_id = o.order_id) AS counters,
                   o.document_bytes
              FROM orders o WHERE o.order_id = ?
            """;

    private static HikariDataSource pool;
    private static HikariDataSource superusers;
    private static PostgresOrders orders;
    private static PostgresTransactions transactions;
    private static PostgresFulfillments fulfillments;
    private static PostgresReturns returns;
    private static PostgresLedgerEntries entries;

    private Caller caller;
    private UUID order;
    private FulfillmentModel model;
    private Map<String, JsonNode> responses;

    @BeforeContainer
    static void open() {
        pool = Samples.pool(2);
        superusers = Samples.superuserPool();
        orders = Samples.orders(pool);
        transactions = Samples.transactions(pool);
        fulfillments = Samples.fulfillments(pool);
        returns = Samples.returns(pool);
        entries = Samples.entries(pool);
    }

    @AfterContainer
    static void close() {
        pool.close();
        superusers.close();
    }

    @Property(tries = 250)
    void theLedgersAgreeWithTheModel(@ForAll("lines") List<LineAmounts> lines, @ForAll("steps") List<Step> steps) {
        caller = Samples.callerOfNewTenant();
        responses = new HashMap<>();
        place(lines, steps.size());
        // Most sequences start with a confirmed order.
        if (steps.get(0).action != Action.CHANGE_STATUS) {
            changeStatus(OrderStatus.CONFIRMED, START);
        }
        for (int i = 0; i < steps.size(); i++) {
            run(steps.get(i), START.plusSeconds(i));
        }
    }

    @Provide
    static Arbitrary<List<LineAmounts>> lines() {
        return Arbitraries.randomValue(FulfillmentModelTest::line).list().ofSize(LINES);
    }

    @Provide
    static Arbitrary<List<Step>> steps() {
        return Arbitraries.randomValue(Step::random).list().ofMinSize(1).ofMaxSize(MAX_STEPS);
    }

    /** Returns the amounts of a line. The units of the line cost nothing, a fraction of a cent, or more. */
    private static LineAmounts line(Random random) {
        long subtotal = 60L * random.nextInt(random.nextBoolean() ? 2 : 12);
        long discount = subtotal == 0 ? 0 : random.nextInt((int) subtotal);
        long tax = random.nextInt(20);
        return new LineAmounts(
                new Money(subtotal), new Money(discount), new Money(tax), new Money(subtotal - discount + tax));
    }

    private void place(List<LineAmounts> amounts, int seed) {
        List<OrderItem> items = new ArrayList<>();
        List<FulfillmentModel.Line> lines = new ArrayList<>();
        for (LineAmounts line : amounts) {
            // The subtotals are multiples of 1 to 6.
            int quantity = 1 + (seed + items.size()) % 6;
            long subtotal = line.subtotal().minorUnits();
            items.add(new OrderItem("A-1", "Apple", quantity, new Money(subtotal / quantity), TaxRate.NONE));
            lines.add(new FulfillmentModel.Line(quantity, line.total().minorUnits()));
        }
        Order placed = Samples.order(caller, null, START, items, amounts);
        assertThat(Samples.outcome(orders.place(placed, Samples.change(caller, placed), null)))
                .isEqualTo("STORED");
        order = placed.id().value();
        PaymentModel payments = new PaymentModel();
        payments.place(
                order,
                new PaymentModel.Account(
                        1,
                        OrderStatus.PLACED,
                        placed.price().totals().grandTotal().minorUnits(),
                        "EUR",
                        0,
                        0,
                        0,
                        START));
        model = new FulfillmentModel(order, lines, payments);
    }

    private void run(Step step, Instant now) {
        // Another machine's clock may be late.
        Instant at = now.minusSeconds(step.lateBy);
        if (step.action == Action.CHANGE_STATUS) {
            OrderStatus next = step.payment.next(model.status());
            if (next != null) {
                changeStatus(next, at);
            }
        } else {
            write(step, at);
        }
        check();
    }

    private void changeStatus(OrderStatus next, Instant at) {
        Order before = orders.find(caller.tenant(), new OrderId(order)).orElseThrow();
        Instant time = at.isAfter(before.updatedAt()) ? at : before.updatedAt();
        Order after = Samples.withStatus(before, next, time);
        boolean isRefused = next == OrderStatus.CANCELLED && model.hasLiveFulfillment();
        assertThat(Samples.outcome(orders.replace(before, after, Samples.change(caller, after))))
                .isEqualTo(isRefused ? "CONFLICT" : "STORED");
        if (!isRefused) {
            model.payments().changeStatus(order, next, time);
        }
    }

    private void write(Step step, Instant at) {
        UUID target = target(step);
        if (target == null) {
            return;
        }
        Integer ifMatch = step.versionOffset == null
                ? null
                : model.payments().account(order).version() - step.versionOffset;
        LedgerWrite write = new LedgerWrite(
                UUID.randomUUID(),
                target,
                at,
                caller,
                new OrderId(order),
                ifMatch == null ? null : new ETagCondition(false, Set.of(ifMatch)),
                step.key,
                step.dryRun);
        FulfillmentModel tried = step.dryRun ? model.copy() : model;
        PaymentModel.Write expected = new PaymentModel.Write(order, target, ifMatch, at, step.dryRun ? null : step.key);
        NewTransaction transaction = step.payment.transaction(like(step));
        NewReceipt receipt = step.receipt(linesOfReturn(target));
        OrderResponse response = send(step, write, transaction, receipt);
        assertThat(describe(response, step))
                .as("%s", step)
                .isEqualTo(expect(step, write, tried, expected, transaction, receipt));
        if (response instanceof View view && step.action.ledger != Ledger.TRANSACTIONS) {
            checkResponse(view, step, tried);
        }
    }

    /** Returns the entry that the step is about, or the id of a new entry; {@code null} if there is no such transaction. */
    private UUID target(Step step) {
        if (step.action.isCreation) {
            return UUID.randomUUID();
        }
        List<UUID> ids = step.action == Action.SETTLE
                ? model.payments().entries().stream()
                        .map(PaymentModel.Entry::id)
                        .toList()
                : model.ids(step.action.ledger);
        if (ids.isEmpty()) {
            return step.action == Action.SETTLE ? null : UUID.randomUUID();
        }
        return ids.get(step.target % ids.size());
    }

    /** Returns a transaction that a new one resembles; {@code null} if the new one is different. */
    private PaymentModel.Entry like(Step step) {
        List<PaymentModel.Entry> all = model.payments().entries();
        return step.target % 3 > 0 || all.isEmpty() ? null : all.get(step.target % all.size());
    }

    private static OrderResponse send(Step step, LedgerWrite write, NewTransaction transaction, NewReceipt receipt) {
        return switch (step.action) {
            case FULFILL -> fulfillments.create(step.fulfillment(), write);
            case TRACK -> fulfillments.update(step.details(), write);
            case DELIVER -> fulfillments.deliver(write);
            case CANCEL_FULFILLMENT -> fulfillments.cancel(write);
            case CANCEL_ITEMS -> fulfillments.cancelItems(step.cancellation(), write);
            case RETURN -> returns.create(step.newReturn(), write);
            case RECEIVE -> returns.receive(receipt, write);
            case CLOSE -> returns.close(write);
            case CANCEL_RETURN -> returns.cancel(write);
            case PAY -> transactions.record(transaction, write);
            case SETTLE -> transactions.settle(step.payment.settlement(), write);
            case CHANGE_STATUS -> throw new IllegalArgumentException();
        };
    }

    private static String expect(
            Step step,
            LedgerWrite write,
            FulfillmentModel tried,
            PaymentModel.Write expected,
            NewTransaction transaction,
            NewReceipt receipt) {
        UUID id = write.entryId();
        return switch (step.action) {
            case PAY -> tried.payments().record(transaction, expected);
            case SETTLE -> tried.payments().settle(id, step.payment.settlement(), expected);
            default ->
                tried.payments()
                        .once(
                                expected.key(),
                                () -> move(step, write, tried, expected, receipt),
                                () -> move(step, write, tried.copy(), expected, receipt));
        };
    }

    private static String move(
            Step step, LedgerWrite write, FulfillmentModel tried, PaymentModel.Write expected, NewReceipt receipt) {
        UUID id = write.entryId();
        return switch (step.action) {
            case FULFILL -> tried.create(step.fulfillment(), expected);
            case TRACK -> tried.update(id, step.details(), expected);
            case DELIVER -> tried.deliver(id, expected);
            case CANCEL_FULFILLMENT -> tried.cancel(id, expected);
            case CANCEL_ITEMS -> tried.cancelItems(step.cancellation(), expected);
            case RETURN -> tried.create(step.newReturn(), expected);
            case RECEIVE -> tried.receive(id, receipt, write.id(), expected);
            case CLOSE -> tried.close(id, expected);
            case CANCEL_RETURN -> tried.cancelReturn(id, expected);
            case PAY, SETTLE, CHANGE_STATUS -> throw new IllegalArgumentException();
        };
    }

    private List<Integer> linesOfReturn(UUID id) {
        return model.ids(Ledger.RETURNS).contains(id) ? model.linesOfReturn(id) : List.of();
    }

    private String describe(OrderResponse response, Step step) {
        if (response instanceof View view && view.document() instanceof EntryDocument entry) {
            String text = view.result() + " " + entry.id() + " " + entry.orderVersion();
            return view.delivery() == View.Delivery.REPLAYED ? "REPLAYED " + text : text;
        }
        if (response instanceof RequestProblem.InvalidRequest invalid) {
            return invalid.code() + " "
                    + invalid.violations().stream().map(Violation::pointer).toList();
        }
        boolean isOfUnits = response instanceof LedgerProblem.EntryNotFound
                || response instanceof LedgerProblem.InvalidLedgerWrite
                || response instanceof LedgerProblem.FulfillmentMismatch
                || response instanceof LedgerProblem.QuantityExceeded
                || response instanceof LedgerProblem.FeeExceeded;
        return isOfUnits && step.action.ledger != Ledger.TRANSACTIONS
                ? response.toString()
                : PaymentModelTest.describe((Problem) response);
    }

    /** Compares the JSON of a response with the entry, or with the first response for its key. */
    private void checkResponse(View view, Step step, FulfillmentModel tried) {
        EntryDocument entry = (EntryDocument) view.document();
        JsonNode json = json(entry.json());
        if (view.delivery() == View.Delivery.REPLAYED) {
            assertThat(json).isEqualTo(responses.get(step.key.value()));
            return;
        }
        assertThat(json).isEqualTo(json(tried.json(step.action.ledger, entry.id())));
        if (step.key != null && !step.dryRun) {
            responses.put(step.key.value(), json);
        }
    }

    private void check() {
        Order stored = orders.find(caller.tenant(), new OrderId(order)).orElseThrow();
        assertThat(stored.ledgers().payment()).isEqualTo(model.payments().payment(order));
        assertThat(stored.ledgers().fulfillment()).hasToString(model.fulfillmentStatus());
        assertThat(stored.units().stream().anyMatch(FulfillmentModelTest::isVisible) ? stored.units() : List.of())
                .isEqualTo(model.units());
        assertThat(stored.version()).isEqualTo(model.payments().account(order).version());
        assertThat(stored.updatedAt()).isEqualTo(model.payments().account(order).updatedAt());
        checkCounters(FORMAT.document(stored).json().length);
        for (Ledger ledger : List.of(Ledger.FULFILLMENTS, Ledger.CANCELLATIONS, Ledger.RETURNS)) {
            assertThat(stored(ledger))
                    .containsExactlyElementsOf(model.ids(ledger).stream()
                            .map(id -> json(model.json(ledger, id)))
                            .toList());
        }
        assertThat(stored(Ledger.TRANSACTIONS).stream().map(PaymentModelTest::describe))
                .containsExactlyElementsOf(model.payments().entries().stream()
                        .map(PaymentModelTest::describe)
                        .toList());
    }

    private static boolean isVisible(LineCounters units) {
        return units.cancelled() + units.fulfilled() > 0;
    }

    /** @param size the size of the order's JSON, which limits the pages of lists */
    private void checkCounters(int size) {
        try (Connection superuser = superusers.getConnection();
                PreparedStatement select = superuser.prepareStatement(COUNTERS)) {
            select.setObject(1, order);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                assertThat(row.getString("counters")).isEqualTo(model.counters());
                assertThat(row.getInt("document_bytes")).isEqualTo(size);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<JsonNode> stored(Ledger ledger) {
        return entries
                .list(caller.tenant(), ledger, new OrderId(order), 0, 100, NO_LIMIT)
                .orElseThrow()
                .entries()
                .stream()
                .map(LedgerEntries.Entry::json)
                .map(FulfillmentModelTest::json)
                .toList();
    }

    private static JsonNode json(byte[] text) {
        return json(new String(text, StandardCharsets.UTF_8));
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }

    enum Action {
        FULFILL(Ledger.FULFILLMENTS, true, 5),
        TRACK(Ledger.FULFILLMENTS, false, 1),
        DELIVER(Ledger.FULFILLMENTS, false, 2),
        CANCEL_FULFILLMENT(Ledger.FULFILLMENTS, false, 2),
        CANCEL_ITEMS(Ledger.CANCELLATIONS, true, 2),
        RETURN(Ledger.RETURNS, true, 4),
        RECEIVE(Ledger.RETURNS, false, 5),
        CLOSE(Ledger.RETURNS, false, 1),
        CANCEL_RETURN(Ledger.RETURNS, false, 1),
        PAY(Ledger.TRANSACTIONS, true, 5),
        SETTLE(Ledger.TRANSACTIONS, false, 1),
        CHANGE_STATUS(null, false, 1);

        /** Each action as often as its weight says. */
        private static final List<Action> WEIGHTED = Stream.of(values())
                .flatMap(action -> Collections.nCopies(action.weight, action).stream())
                .toList();

        private final Ledger ledger;
        private final boolean isCreation;
        private final int weight;

        Action(Ledger ledger, boolean isCreation, int weight) {
            this.ledger = ledger;
            this.isCreation = isCreation;
            this.weight = weight;
        }
    }

    /**
     * One step of a sequence.
     *
     * @param target the entry that the step is about, counted from the first entry of the ledger
     * @param items units of different lines; the last line of all does not exist
     * @param fees one for each item
     * @param versionOffset how far If-Match is behind the order's version; {@code null} for no If-Match
     * @param payment the transaction, if the step is about one
     */
    record Step(
            Action action,
            int target,
            List<LineQuantity> items,
            List<Integer> fees,
            boolean takesAll,
            boolean staysInReturn,
            String reference,
            String carrier,
            Integer versionOffset,
            int lateBy,
            boolean dryRun,
            IdempotencyKey key,
            PaymentModelTest.Step payment) {

        static Step random(Random random) {
            Action action = Action.WEIGHTED.get(random.nextInt(Action.WEIGHTED.size()));
            List<LineQuantity> items = new ArrayList<>();
            List<Integer> fees = new ArrayList<>();
            int lines = random.nextInt(20) == 0 ? LINES + 1 : LINES;
            for (int line = 1; line <= lines; line++) {
                items.add(new LineQuantity(line, 1 + random.nextInt(random.nextBoolean() ? 1 : 4)));
                fees.add(random.nextInt(3) > 0 ? 0 : random.nextInt(60));
            }
            Collections.shuffle(items, random);
            return new Step(
                    action,
                    random.nextInt(MAX_STEPS),
                    List.copyOf(items.subList(0, 1 + random.nextInt(items.size()))),
                    fees,
                    random.nextInt(4) == 0,
                    random.nextInt(8) != 0,
                    random.nextInt(3) == 0 ? "w" + random.nextInt(2) : null,
                    random.nextInt(3) == 0 ? "c" + random.nextInt(2) : null,
                    random.nextInt(8) == 0 ? Integer.valueOf(random.nextInt(2)) : null,
                    random.nextInt(4) == 0 ? 3 : 0,
                    random.nextInt(12) == 0,
                    // Keys of different operations have different fingerprints.
                    random.nextInt(4) == 0
                            ? new IdempotencyKey("k" + random.nextInt(4), action + "-" + random.nextInt(2))
                            : null,
                    PaymentModelTest.Step.random(random));
        }

        NewFulfillment fulfillment() {
            return new NewFulfillment(takesAll ? List.of() : items, reference, details(), null);
        }

        FulfillmentDetails details() {
            return new FulfillmentDetails(carrier, null, null, null, null, null, Map.of());
        }

        ItemsCancellation cancellation() {
            return new ItemsCancellation(items, CancellationReason.INVENTORY, null);
        }

        NewReturn newReturn() {
            return new NewReturn(
                    items.stream()
                            .map(item -> new NewReturnItem(item.lineNumber(), item.quantity(), null))
                            .toList(),
                    null);
        }

        /** Returns a receipt of units of a return, mostly of lines that the return has. */
        NewReceipt receipt(List<Integer> lines) {
            List<NewReceiptItem> received = new ArrayList<>();
            for (int i = 0; i < items.size(); i++) {
                int line = items.get(i).lineNumber();
                if (!staysInReturn || lines.contains(line)) {
                    received.add(new NewReceiptItem(
                            line,
                            items.get(i).quantity(),
                            takesAll ? Disposition.DISCARD : Disposition.RESTOCK,
                            new Money(fees.get(i))));
                }
            }
            return received.isEmpty()
                    ? new NewReceipt(List.of(
                            new NewReceiptItem(lines.isEmpty() ? 1 : lines.get(0), 1, Disposition.RESTOCK, Money.ZERO)))
                    : new NewReceipt(received);
        }
    }
}
