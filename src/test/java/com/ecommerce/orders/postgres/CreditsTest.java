package com.ecommerce.orders.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.fulfillment.CancellationReason;
import com.ecommerce.orders.fulfillment.FulfillmentDetails;
import com.ecommerce.orders.fulfillment.ItemsCancellation;
import com.ecommerce.orders.fulfillment.LineQuantity;
import com.ecommerce.orders.fulfillment.NewFulfillment;
import com.ecommerce.orders.identity.Caller;
import com.ecommerce.orders.operation.EntryDocument;
import com.ecommerce.orders.operation.FulfillmentStatus;
import com.ecommerce.orders.operation.LedgerProblem;
import com.ecommerce.orders.operation.OrderId;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.operation.View;
import com.ecommerce.orders.order.LedgerWrite;
import com.ecommerce.orders.order.Order;
import com.ecommerce.orders.order.OrderItem;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.NullUnmarked;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** All units of an order go in random pieces: some are canceled, the others come back, with and without a fee. */
@NullUnmarked
class CreditsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final long[] TOTALS = {2, 20, 1_000, 1_000_000_000_000L};

    private static HikariDataSource pool;
    private static PostgresOrders orders;
    private static PostgresFulfillments fulfillments;
    private static PostgresReturns returns;

    private Caller caller;
    private Random random;
    private OrderId order;
    private List<Line> lines;
    private long fees;

    @BeforeContainer
    static void open() {
        pool = Samples.pool(1);
        orders = Samples.orders(pool);
        fulfillments = Samples.fulfillments(pool);
        returns = Samples.returns(pool);
    }

    @AfterContainer
    static void close() {
        pool.close();
    }

    /** A line, with the units that have not left, the units that the customer has, and the credits so far. */
    private static final class Line {

        private final int number;
        private final long total;
        private final int quantity;
        private int open;
        private int shipped;
        private long credited;

        Line(int number, long total, int quantity) {
            this.number = number;
            this.total = total;
            this.quantity = quantity;
            this.open = quantity;
        }
    }

    @Property(tries = 100)
    void theCreditsOfEachLineAddUpToItsTotal(@ForAll Random source) {
        random = source;
        caller = Samples.callerOfNewTenant();
        fees = 0;
        place();
        ship();
        while (lines.stream().anyMatch(line -> line.open + line.shipped > 0)) {
            if (random.nextBoolean()) {
                cancelSome();
            } else {
                takeSomeBack();
            }
            assertThat(lines).allMatch(line -> line.credited <= line.total);
        }
        assertThat(lines).allMatch(line -> line.credited == line.total);
        Order after = orders.find(caller.tenant(), order).orElseThrow();
        // The customer owes the fees, and nothing else.
        assertThat(JsonMapper.shared()
                        .readTree(after.ledgers().payment())
                        .path("due")
                        .asLong())
                .isEqualTo(fees);
        boolean isCanceled = after.units().stream().allMatch(units -> units.returned() == 0);
        assertThat(after.ledgers().fulfillment())
                .isEqualTo(isCanceled ? FulfillmentStatus.CANCELLED : FulfillmentStatus.RETURNED);
    }

    private void place() {
        lines = new ArrayList<>();
        List<OrderItem> items = new ArrayList<>();
        List<LineAmounts> amounts = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        for (int number = 1; number <= count; number++) {
            int quantity = 1 + random.nextInt(12);
            Money price = new Money(random.nextLong(TOTALS[random.nextInt(TOTALS.length)]));
            Money subtotal = price.times(quantity);
            Money tax = new Money(random.nextInt(quantity));
            items.add(new OrderItem("A-1", "Apple", quantity, price, TaxRate.NONE));
            amounts.add(new LineAmounts(subtotal, Money.ZERO, tax, subtotal.plus(tax)));
            lines.add(new Line(number, subtotal.plus(tax).minorUnits(), quantity));
        }
        Order placed = Samples.order(caller, null, NOW, items, amounts);
        order = placed.id();
        Order confirmed = Samples.confirmed(placed);
        assertThat(Samples.outcome(orders.place(placed, Samples.change(caller, placed), null)))
                .isEqualTo("STORED");
        assertThat(Samples.outcome(orders.replace(placed, confirmed, Samples.change(caller, confirmed))))
                .isEqualTo("STORED");
    }

    /** Ships some units of each line. The other units can only be canceled. */
    private void ship() {
        List<LineQuantity> items = new ArrayList<>();
        for (Line line : lines) {
            line.shipped = random.nextInt(line.quantity + 1);
            line.open -= line.shipped;
            if (line.shipped > 0) {
                items.add(new LineQuantity(line.number, line.shipped));
            }
        }
        if (!items.isEmpty()) {
            entry(fulfillments.create(new NewFulfillment(items, null, FulfillmentDetails.NONE, null), write()));
        }
    }

    private void cancelSome() {
        List<LineQuantity> items = new ArrayList<>();
        for (Line line : lines) {
            int units = random.nextInt(line.open + 1);
            if (units > 0) {
                line.open -= units;
                items.add(new LineQuantity(line.number, units));
            }
        }
        if (!items.isEmpty()) {
            ItemsCancellation cancellation = new ItemsCancellation(items, CancellationReason.STAFF, null);
            count(json(entry(fulfillments.cancelItems(cancellation, write()))).path("items"));
        }
    }

    /** Takes units back with one return, and mostly with several receipts. */
    private void takeSomeBack() {
        List<NewReturnItem> items = new ArrayList<>();
        for (Line line : lines) {
            int units = random.nextInt(line.shipped + 1);
            if (units > 0) {
                items.add(new NewReturnItem(line.number, units, null));
            }
        }
        if (items.isEmpty()) {
            return;
        }
        UUID id = entry(returns.create(new NewReturn(items, null), write())).id();
        for (NewReturnItem item : items) {
            int missing = item.quantity();
            while (missing > 0) {
                int units = 1 + random.nextInt(missing);
                receive(id, lines.get(item.lineNumber() - 1), units);
                missing -= units;
            }
            // Cancellations and receipts of one line take turns.
            cancelSome();
        }
    }

    private void receive(UUID id, Line line, int units) {
        OrderResponse refusal = receive(id, line, units, line.total + 1);
        assertThat(refusal).isInstanceOf(LedgerProblem.FeeExceeded.class);
        long credit = ((LedgerProblem.FeeExceeded) refusal).available();
        long fee = random.nextBoolean() ? 0 : random.nextLong(credit + 1);
        JsonNode receipts = json(entry(receive(id, line, units, fee))).path("receipts");
        JsonNode items = receipts.get(receipts.size() - 1).path("items");
        assertThat(items.get(0).path("credit").asLong()).isEqualTo(credit);
        count(items);
        line.shipped -= units;
        fees += fee;
    }

    private OrderResponse receive(UUID id, Line line, int units, long fee) {
        NewReceiptItem item = new NewReceiptItem(line.number, units, Disposition.RESTOCK, new Money(fee));
        return returns.receive(
                new NewReceipt(List.of(item)),
                new LedgerWrite(UUID.randomUUID(), id, NOW, caller, order, null, null, false));
    }

    /** Adds the credits of a response to those of the lines. */
    private void count(JsonNode items) {
        for (JsonNode item : items) {
            lines.get(item.path("lineNumber").asInt() - 1).credited +=
                    item.path("credit").asLong();
        }
    }

    private LedgerWrite write() {
        return new LedgerWrite(UUID.randomUUID(), UUID.randomUUID(), NOW, caller, order, null, null, false);
    }

    private static EntryDocument entry(OrderResponse response) {
        assertThat(response).isInstanceOf(View.class);
        return (EntryDocument) ((View) response).document();
    }

    private static JsonNode json(EntryDocument entry) {
        return JsonMapper.shared().readTree(new String(entry.json(), StandardCharsets.UTF_8));
    }
}
