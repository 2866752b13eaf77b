package com.ecommerce.orders.postgres;

import static com.ecommerce.orders.operation.OrderStatus.COMPLETED;
import static com.ecommerce.orders.operation.OrderStatus.CONFIRMED;
import static java.util.stream.Collectors.joining;

import com.ecommerce.orders.fulfillment.FulfillmentDetails;
import com.ecommerce.orders.fulfillment.FulfillmentRule;
import com.ecommerce.orders.fulfillment.ItemsCancellation;
import com.ecommerce.orders.fulfillment.LineQuantity;
import com.ecommerce.orders.fulfillment.NewFulfillment;
import com.ecommerce.orders.operation.Ledger;
import com.ecommerce.orders.operation.LedgerProblem;
import com.ecommerce.orders.operation.OrderId;
import com.ecommerce.orders.operation.OrderStatus;
import com.ecommerce.orders.operation.Problem;
import com.ecommerce.orders.order.LineCounters;
import com.ecommerce.orders.returns.Disposition;
import com.ecommerce.orders.returns.NewReceipt;
import com.ecommerce.orders.returns.NewReceiptItem;
import com.ecommerce.orders.returns.NewReturn;
import com.ecommerce.orders.returns.NewReturnItem;
import com.ecommerce.orders.returns.ReturnRule;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;

/**
 * The rules of an order's fulfillments, cancellations and returns in plain Java. {@link PaymentModel} has the rules of its
 * payments. The model keeps no counters: it adds up the entries each time.
 */
@NullUnmarked
final class FulfillmentModel {

    private final UUID order;
    private final List<Line> lines;
    private final PaymentModel payments;
    private final Map<UUID, Fulfillment> fulfillments = new LinkedHashMap<>();
    private final Map<UUID, Cancellation> cancellations = new LinkedHashMap<>();
    private final Map<UUID, Return> returns = new LinkedHashMap<>();

    FulfillmentModel(UUID order, List<Line> lines, PaymentModel payments) {
        this.order = order;
        this.lines = lines;
        this.payments = payments;
    }

    /** A line of the order. */
    record Line(int quantity, long total) {}

    /** Units of a line that are gone, and the credit for them. The fee is 0 for canceled units. */
    record Piece(int line, int quantity, long credit, long fee, Disposition disposition) {}

    record Fulfillment(
            UUID id,
            String status,
            List<LineQuantity> items,
            NewFulfillment request,
            FulfillmentDetails details,
            Instant createdAt,
            Instant updatedAt) {

        Fulfillment withStatus(String newStatus, Instant at) {
            return new Fulfillment(id, newStatus, items, request, details, createdAt, at);
        }

        Fulfillment withDetails(FulfillmentDetails newDetails, Instant at) {
            return new Fulfillment(id, status, items, request, newDetails, createdAt, at);
        }

        int units(int line) {
            return items.stream()
                    .filter(item -> item.lineNumber() == line)
                    .mapToInt(LineQuantity::quantity)
                    .sum();
        }
    }

    record Cancellation(UUID id, List<Piece> items, ItemsCancellation request, Instant createdAt) {}

    /** A part of a return that has arrived. */
    record Arrival(UUID id, List<Piece> items, Instant createdAt) {}

    record Return(
            UUID id, String status, NewReturn request, List<Arrival> arrivals, Instant createdAt, Instant updatedAt) {

        Return withStatus(String newStatus, Instant at) {
            return new Return(id, newStatus, request, arrivals, createdAt, at);
        }

        Return with(Arrival arrival) {
            List<Arrival> all = new ArrayList<>(arrivals);
            all.add(arrival);
            Return changed = new Return(id, status, request, all, createdAt, arrival.createdAt());
            boolean isComplete = changed.request.items().stream().allMatch(item -> changed.missing(item) == 0);
            return changed.withStatus(isComplete ? "RECEIVED" : "PARTIALLY_RECEIVED", arrival.createdAt());
        }

        boolean isOpen() {
            return !status.equals("CLOSED") && !status.equals("CANCELLED");
        }

        Stream<Piece> pieces() {
            return arrivals.stream().flatMap(arrival -> arrival.items().stream());
        }

        int missing(NewReturnItem item) {
            return item.quantity() - FulfillmentModel.units(pieces(), item.lineNumber());
        }

        /** Returns the units of a line that may still arrive; {@code null} if the return does not have the line. */
        Integer mayArrive(int line) {
            return request.items().stream()
                    .filter(item -> item.lineNumber() == line)
                    .map(this::missing)
                    .findFirst()
                    .orElse(null);
        }
    }

    PaymentModel payments() {
        return payments;
    }

    List<UUID> ids(Ledger ledger) {
        return List.copyOf(
                switch (ledger) {
                    case FULFILLMENTS -> fulfillments.keySet();
                    case CANCELLATIONS -> cancellations.keySet();
                    case RETURNS -> returns.keySet();
                    case TRANSACTIONS -> throw new IllegalArgumentException();
                });
    }

    /** Returns the lines that a return has. */
    List<Integer> linesOfReturn(UUID id) {
        return returns.get(id).request().items().stream()
                .map(NewReturnItem::lineNumber)
                .toList();
    }

    /** Returns a copy, on which a dry run can try a write. */
    FulfillmentModel copy() {
        FulfillmentModel copy = new FulfillmentModel(order, lines, payments.copy());
        copy.fulfillments.putAll(fulfillments);
        copy.cancellations.putAll(cancellations);
        copy.returns.putAll(returns);
        return copy;
    }

    String create(NewFulfillment posted, PaymentModel.Write write) {
        Fulfillment holder = fulfillments.values().stream()
                .filter(other -> posted.reference() != null
                        && posted.reference().equals(other.request().reference())
                        && !other.status().equals("CANCELLED"))
                .findFirst()
                .orElse(null);
        if (holder != null && holder.request().equals(posted)) {
            return done("OK", holder.id());
        }
        if (holder != null && unknown(posted.items()) == null && payments.stale(write) == null) {
            return new LedgerProblem.FulfillmentMismatch(new OrderId(order), holder.id()).toString();
        }
        List<LineQuantity> items = posted.items().isEmpty() ? everythingOpen() : posted.items();
        String refusal =
                refusal(write, items, this::open, Set.of(CONFIRMED), FulfillmentRule.ORDER_IS_CONFIRMED::broken);
        if (refusal == null && items.isEmpty()) {
            refusal = new LedgerProblem.QuantityExceeded(IntStream.rangeClosed(1, lines.size())
                            .mapToObj(line -> new LedgerProblem.QuantityExceeded.Line(
                                    line, line(line).quantity(), 0))
                            .toList())
                    .toString();
        }
        if (refusal != null) {
            return refusal;
        }
        Instant at = advance(write, 0);
        fulfillments.put(write.id(), new Fulfillment(write.id(), "SHIPPED", items, posted, posted.details(), at, at));
        return done("CREATED", write.id());
    }

    String update(UUID id, FulfillmentDetails details, PaymentModel.Write write) {
        Fulfillment fulfillment = fulfillments.get(id);
        String refusal = refusal(Ledger.FULFILLMENTS, id, fulfillment, write);
        if (refusal != null) {
            return refusal;
        }
        if (!fulfillment.details().equals(details)) {
            fulfillments.put(id, fulfillment.withDetails(details, advance(write, 0)));
        }
        return done("OK", id);
    }

    String deliver(UUID id, PaymentModel.Write write) {
        Fulfillment fulfillment = fulfillments.get(id);
        String refusal = refusal(Ledger.FULFILLMENTS, id, fulfillment, write);
        if (refusal == null && !fulfillment.status().equals("SHIPPED")) {
            refusal = FulfillmentRule.IS_SHIPPED.broken(fulfillment.status()).toString();
        }
        if (refusal != null) {
            return refusal;
        }
        fulfillments.put(id, fulfillment.withStatus("DELIVERED", advance(write, 0)));
        return done("OK", id);
    }

    String cancel(UUID id, PaymentModel.Write write) {
        Fulfillment fulfillment = fulfillments.get(id);
        String refusal = refusal(Ledger.FULFILLMENTS, id, fulfillment, write);
        if (refusal != null) {
            return refusal;
        }
        if (status() != CONFIRMED) {
            return FulfillmentRule.ORDER_IS_CONFIRMED.broken(status().name()).toString();
        }
        if (!fulfillment.status().equals("SHIPPED")) {
            return FulfillmentRule.IS_SHIPPED.broken(fulfillment.status()).toString();
        }
        if (fulfillment.items().stream().anyMatch(item -> item.quantity() > returnable(item.lineNumber()))) {
            return FulfillmentRule.IS_NOT_RETURNED.broken().toString();
        }
        fulfillments.put(id, fulfillment.withStatus("CANCELLED", advance(write, 0)));
        return done("OK", id);
    }

    String cancelItems(ItemsCancellation posted, PaymentModel.Write write) {
        String refusal = refusal(
                write, posted.items(), this::open, Set.of(CONFIRMED), FulfillmentRule.ORDER_IS_CONFIRMED::broken);
        if (refusal != null) {
            return refusal;
        }
        List<Piece> pieces = posted.items().stream()
                .map(item -> new Piece(
                        item.lineNumber(), item.quantity(), credit(item.lineNumber(), item.quantity()), 0, null))
                .toList();
        Instant at = advance(write, sumOfCredits(pieces));
        cancellations.put(write.id(), new Cancellation(write.id(), pieces, posted, at));
        return done("CREATED", write.id());
    }

    String create(NewReturn posted, PaymentModel.Write write) {
        List<LineQuantity> items = posted.items().stream()
                .map(item -> new LineQuantity(item.lineNumber(), item.quantity()))
                .toList();
        String refusal = refusal(
                write,
                items,
                this::returnable,
                Set.of(CONFIRMED, COMPLETED),
                ReturnRule.ORDER_IS_CONFIRMED_OR_COMPLETED::broken);
        if (refusal != null) {
            return refusal;
        }
        Instant at = advance(write, 0);
        returns.put(write.id(), new Return(write.id(), "REQUESTED", posted, List.of(), at, at));
        return done("CREATED", write.id());
    }

    /** @param arrival the id of the receipt */
    String receive(UUID id, NewReceipt receipt, UUID arrival, PaymentModel.Write write) {
        Return found = returns.get(id);
        String refusal = found == null
                ? null
                : unknownAmong(receipt.items().stream()
                        .map(item -> found.mayArrive(item.lineNumber()) != null)
                        .toList());
        if (refusal == null) {
            refusal = refusal(Ledger.RETURNS, id, found, write);
        }
        if (refusal == null
                && !found.status().equals("REQUESTED")
                && !found.status().equals("PARTIALLY_RECEIVED")) {
            refusal = ReturnRule.IS_OPEN.broken(found.status()).toString();
        }
        if (refusal == null) {
            refusal = exceeded(
                    receipt.items().stream()
                            .map(item -> new LineQuantity(item.lineNumber(), item.quantity()))
                            .toList(),
                    found::mayArrive);
        }
        if (refusal != null) {
            return refusal;
        }
        List<Piece> pieces = new ArrayList<>();
        for (NewReceiptItem item : receipt.items()) {
            long credit = credit(item.lineNumber(), item.quantity());
            long fee = item.fee().minorUnits();
            if (fee > credit) {
                return new LedgerProblem.FeeExceeded(item.lineNumber(), credit).toString();
            }
            pieces.add(new Piece(item.lineNumber(), item.quantity(), credit, fee, item.disposition()));
        }
        Instant at = advance(write, sumOfCredits(pieces) - sumOfFees(pieces));
        returns.put(id, found.with(new Arrival(arrival, pieces, at)));
        return done("OK", id);
    }

    String close(UUID id, PaymentModel.Write write) {
        Return found = returns.get(id);
        String refusal = refusal(Ledger.RETURNS, id, found, write);
        if (refusal == null && !found.isOpen()) {
            refusal = ReturnRule.IS_NOT_ENDED.broken(found.status()).toString();
        }
        return refusal == null ? end(found, "CLOSED", write) : refusal;
    }

    String cancelReturn(UUID id, PaymentModel.Write write) {
        Return found = returns.get(id);
        String refusal = refusal(Ledger.RETURNS, id, found, write);
        if (refusal == null && !found.status().equals("REQUESTED")) {
            refusal = ReturnRule.IS_REQUESTED.broken(found.status()).toString();
        }
        return refusal == null ? end(found, "CANCELLED", write) : refusal;
    }

    private String end(Return found, String status, PaymentModel.Write write) {
        returns.put(found.id(), found.withStatus(status, advance(write, 0)));
        return done("OK", found.id());
    }

    OrderStatus status() {
        return payments.account(order).status();
    }

    boolean hasLiveFulfillment() {
        return live() > 0;
    }

    /** Returns the member {@code status} of the order's member {@code fulfillment}. */
    String fulfillmentStatus() {
        int units = total(line -> line(line).quantity());
        int cancelled = total(this::cancelled);
        int fulfilled = total(this::fulfilled);
        int returned = total(this::returned);
        boolean isOpen = units > cancelled + fulfilled;
        if (status() == OrderStatus.CANCELLED || cancelled == units) {
            return "CANCELLED";
        }
        if (fulfilled == 0) {
            return "UNFULFILLED";
        }
        if (returned > 0) {
            return returned == fulfilled && !isOpen ? "RETURNED" : "PARTIALLY_RETURNED";
        }
        if (isOpen) {
            return "PARTIALLY_FULFILLED";
        }
        return delivered() == live() ? "DELIVERED" : "FULFILLED";
    }

    /** Returns the units of each line as the order's JSON shows them; empty if all are 0. */
    List<LineCounters> units() {
        List<LineCounters> units = IntStream.rangeClosed(1, lines.size())
                .mapToObj(line -> new LineCounters(cancelled(line), fulfilled(line), returned(line)))
                .toList();
        return units.stream().allMatch(LineCounters.NONE::equals) ? List.of() : units;
    }

    /** Returns the counters of the order and of its lines, as {@link FulfillmentModelTest} reads them. */
    String counters() {
        boolean hasMoved = !fulfillments.isEmpty() || !cancellations.isEmpty();
        String ofOrder = Stream.of(
                        hasMoved ? total(line -> line(line).quantity()) : "",
                        total(this::cancelled),
                        total(this::fulfilled),
                        total(this::returned),
                        live(),
                        delivered(),
                        credits())
                .map(Object::toString)
                .collect(joining(",", "(", ")"));
        return ofOrder
                + IntStream.rangeClosed(1, lines.size())
                        .mapToObj(line -> "(" + cancelled(line) + "," + fulfilled(line) + "," + pending(line) + ","
                                + returned(line) + "," + value(line, cancelled(line) + returned(line)) + ")")
                        .collect(joining());
    }

    /** Returns an entry as JSON. */
    String json(Ledger ledger, UUID id) {
        Map<String, Object> entry = new TreeMap<>(Map.of("id", id, "orderId", order));
        switch (ledger) {
            case FULFILLMENTS -> write(fulfillments.get(id), entry);
            case CANCELLATIONS -> write(cancellations.get(id), entry);
            case RETURNS -> write(returns.get(id), entry);
            case TRANSACTIONS -> throw new IllegalArgumentException();
        }
        sign(entry);
        return object(entry);
    }

    private static void write(Fulfillment fulfillment, Map<String, Object> entry) {
        entry.put("status", fulfillment.status());
        entry.put(
                "items",
                array(fulfillment.items().stream()
                        .map(item -> Map.of("lineNumber", item.lineNumber(), "quantity", item.quantity()))));
        if (fulfillment.request().reference() != null) {
            entry.put("reference", fulfillment.request().reference());
        }
        if (fulfillment.details().carrier() != null) {
            entry.put("carrier", fulfillment.details().carrier());
        }
        entry.put("createdAt", fulfillment.createdAt());
        entry.put("updatedAt", fulfillment.updatedAt());
    }

    private static void write(Cancellation cancellation, Map<String, Object> entry) {
        entry.put(
                "items",
                array(cancellation.items().stream()
                        .map(piece -> Map.of(
                                "lineNumber", piece.line(), "quantity", piece.quantity(), "credit", piece.credit()))));
        entry.put("reason", cancellation.request().reason());
        entry.put("credit", sumOfCredits(cancellation.items()));
        entry.put("createdAt", cancellation.createdAt());
    }

    private static void write(Return found, Map<String, Object> entry) {
        entry.put("status", found.status());
        entry.put("items", array(found.request().items().stream().map(item -> {
            List<Piece> pieces = found.pieces()
                    .filter(piece -> piece.line() == item.lineNumber())
                    .toList();
            return Map.of(
                    "lineNumber", item.lineNumber(),
                    "requested", item.quantity(),
                    "received", item.quantity() - found.missing(item),
                    "credit", sumOfCredits(pieces),
                    "fee", sumOfFees(pieces));
        })));
        entry.put("credit", sumOfCredits(found.pieces().toList()));
        entry.put("fee", sumOfFees(found.pieces().toList()));
        entry.put("receipts", array(found.arrivals().stream().map(FulfillmentModel::receipt)));
        entry.put("createdAt", found.createdAt());
        entry.put("updatedAt", found.updatedAt());
    }

    private static Map<String, Object> receipt(Arrival arrival) {
        Map<String, Object> receipt = new TreeMap<>(Map.of("id", arrival.id(), "createdAt", arrival.createdAt()));
        receipt.put(
                "items",
                array(arrival.items().stream()
                        .map(piece -> Map.of(
                                "lineNumber", piece.line(),
                                "quantity", piece.quantity(),
                                "disposition", piece.disposition(),
                                "credit", piece.credit(),
                                "fee", piece.fee()))));
        sign(receipt);
        return receipt;
    }

    private static void sign(Map<String, Object> entry) {
        entry.put("createdBy", "alice");
        entry.put("createdByEmail", "alice@example.org");
    }

    private static Json array(Stream<? extends Map<String, ?>> objects) {
        return new Json(objects.map(FulfillmentModel::object).collect(joining(",", "[", "]")));
    }

    private static String object(Map<String, ?> members) {
        return members.entrySet().stream()
                .map(member -> "\"" + member.getKey() + "\":" + value(member.getValue()))
                .collect(joining(",", "{", "}"));
    }

    private static String value(Object value) {
        if (value instanceof Json || value instanceof Number) {
            return value.toString();
        }
        // All times are whole seconds.
        String text = value instanceof Instant time ? time.toString().replace("Z", ".000000Z") : value.toString();
        return "\"" + text + "\"";
    }

    /** A value that is already JSON. */
    private record Json(String text) {

        @Override
        public String toString() {
            return text;
        }
    }

    private Line line(int number) {
        return lines.get(number - 1);
    }

    private List<LineQuantity> everythingOpen() {
        return IntStream.rangeClosed(1, lines.size())
                .filter(line -> open(line) > 0)
                .mapToObj(line -> new LineQuantity(line, open(line)))
                .toList();
    }

    private int open(int line) {
        return line(line).quantity() - cancelled(line) - fulfilled(line);
    }

    private int returnable(int line) {
        return fulfilled(line) - returned(line) - pending(line);
    }

    private int cancelled(int line) {
        return units(cancellations.values().stream().flatMap(entry -> entry.items().stream()), line);
    }

    private int fulfilled(int line) {
        return fulfillments.values().stream()
                .filter(fulfillment -> !fulfillment.status().equals("CANCELLED"))
                .mapToInt(fulfillment -> fulfillment.units(line))
                .sum();
    }

    private int returned(int line) {
        return units(returns.values().stream().flatMap(Return::pieces), line);
    }

    private int pending(int line) {
        return returns.values().stream()
                .filter(found -> found.isOpen() && found.mayArrive(line) != null)
                .mapToInt(found -> found.mayArrive(line))
                .sum();
    }

    private int live() {
        return (int) fulfillments.values().stream()
                .filter(fulfillment -> !fulfillment.status().equals("CANCELLED"))
                .count();
    }

    private int delivered() {
        return (int) fulfillments.values().stream()
                .filter(fulfillment -> fulfillment.status().equals("DELIVERED"))
                .count();
    }

    private long credits() {
        long fees = sumOfFees(returns.values().stream().flatMap(Return::pieces).toList());
        return IntStream.rangeClosed(1, lines.size())
                        .mapToLong(line -> value(line, cancelled(line) + returned(line)))
                        .sum()
                - fees;
    }

    private int total(IntUnaryOperator ofLine) {
        return IntStream.rangeClosed(1, lines.size()).map(ofLine).sum();
    }

    /** Returns the credit for more units of a line. */
    private long credit(int line, int units) {
        int gone = cancelled(line) + returned(line);
        return value(line, gone + units) - value(line, gone);
    }

    /** Returns what a number of units of a line is worth. */
    private long value(int line, int units) {
        return BigDecimal.valueOf(line(line).total())
                .multiply(BigDecimal.valueOf(units))
                .divide(BigDecimal.valueOf(line(line).quantity()), 0, RoundingMode.HALF_EVEN)
                .longValueExact();
    }

    private static int units(Stream<Piece> pieces, int line) {
        return pieces.filter(piece -> piece.line() == line)
                .mapToInt(Piece::quantity)
                .sum();
    }

    private static long sumOfCredits(List<Piece> pieces) {
        return pieces.stream().mapToLong(Piece::credit).sum();
    }

    private static long sumOfFees(List<Piece> pieces) {
        return pieces.stream().mapToLong(Piece::fee).sum();
    }

    /** Returns the refusal of a write to an entry that does not exist, or to another version of the order. */
    private String refusal(Ledger ledger, UUID id, Object entry, PaymentModel.Write write) {
        return entry == null ? new LedgerProblem.EntryNotFound(ledger, id).toString() : payments.stale(write);
    }

    private interface StatusProblem {
        Problem of(String status);
    }

    /** Returns the refusal of a new entry; {@code null} if the order allows the entry. */
    private String refusal(
            PaymentModel.Write write,
            List<LineQuantity> items,
            IntUnaryOperator available,
            Set<OrderStatus> statuses,
            StatusProblem otherStatus) {
        String refusal = unknown(items);
        if (refusal == null) {
            refusal = payments.stale(write);
        }
        if (refusal == null && !statuses.contains(status())) {
            refusal = otherStatus.of(status().name()).toString();
        }
        return refusal == null ? exceeded(items, available) : refusal;
    }

    private String unknown(List<LineQuantity> items) {
        return unknownAmong(
                items.stream().map(item -> item.lineNumber() <= lines.size()).toList());
    }

    /** @param known tells for each item whether its line exists */
    private static String unknownAmong(List<Boolean> known) {
        return known.contains(false)
                ? "INVALID_REQUEST "
                        + IntStream.range(0, known.size())
                                .filter(i -> !known.get(i))
                                .mapToObj(i -> "/items/" + i + "/lineNumber")
                                .toList()
                : null;
    }

    private static String exceeded(List<LineQuantity> items, IntUnaryOperator available) {
        List<LedgerProblem.QuantityExceeded.Line> exceeded = items.stream()
                .filter(item -> item.quantity() > available.applyAsInt(item.lineNumber()))
                .map(item -> new LedgerProblem.QuantityExceeded.Line(
                        item.lineNumber(), item.quantity(), available.applyAsInt(item.lineNumber())))
                .toList();
        return exceeded.isEmpty() ? null : new LedgerProblem.QuantityExceeded(exceeded).toString();
    }

    /** Makes the next version of the order, and returns its time. */
    private Instant advance(PaymentModel.Write write, long credit) {
        return payments.credit(order, credit, write.at());
    }

    private String done(String result, UUID entry) {
        return result + " " + entry + " " + payments.account(order).version();
    }
}
