package com.ecommerce.orders.http;

import com.ecommerce.orders.event.EventQuery;
import com.ecommerce.orders.operation.FeedPosition;
import com.ecommerce.orders.operation.FulfillmentStatus;
import com.ecommerce.orders.operation.KeysetPosition;
import com.ecommerce.orders.operation.Ledger;
import com.ecommerce.orders.operation.Operation;
import com.ecommerce.orders.operation.OperationInput;
import com.ecommerce.orders.operation.OrderFilter;
import com.ecommerce.orders.operation.OrderId;
import com.ecommerce.orders.operation.OrderQuery;
import com.ecommerce.orders.operation.OrderSort;
import com.ecommerce.orders.operation.OrderStatus;
import com.ecommerce.orders.operation.PaymentStatus;
import com.ecommerce.orders.operation.Violation;
import com.ecommerce.orders.payment.TransactionReference;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A reader of the query of each operation that reads. */
final class QueryReader {

    /** The value of {@code after} that asks for events from now on. */
    private static final String LATEST = "latest";

    private static final Pattern INTEGER = Pattern.compile("[0-9]+");
    private static final Pattern LEADING_ZEROS = Pattern.compile("^0+");

    private final Parameters parameters;

    QueryReader(Parameters parameters) {
        this.parameters = parameters;
    }

    /** Reads the parameters of an operation that has its own input type. Returns {@code null} for other operations. */
    @Nullable
    OperationInput readInput(Operation operation) {
        return switch (operation) {
            case LIST_EVENTS -> readFeed();
            case FIND_TRANSACTIONS -> readTransactionReference();
            default -> null;
        };
    }

    /**
     * Reads the page that a list shall return. Other reads take no parameters.
     *
     * @param id the order; {@code null} if the operation is not about one order
     */
    OrderQuery readPage(Operation operation, @Nullable OrderId id) {
        return switch (operation) {
            case LIST_ORDERS -> readOrders();
            case LIST_ORDER_EVENTS -> readEvents(Objects.requireNonNull(id));
            case LIST_TRANSACTIONS, LIST_FULFILLMENTS, LIST_CANCELLATIONS, LIST_RETURNS ->
                readLedger(Objects.requireNonNull(id), Objects.requireNonNull(operation.ledger()));
            default -> {
                parameters.check();
                yield OrderQuery.FIRST_PAGE;
            }
        };
    }

    /** @throws HttpProblemException if a parameter is wrong, or the cursor belongs to another list */
    OrderQuery readOrders() {
        int limit = limit();
        OrderSort sort = sort();
        OrderFilter filter = new OrderFilter(
                parameters.statuses("status", OrderStatus.class),
                parameters.statuses("paymentStatus", PaymentStatus.class),
                parameters.statuses("fulfillmentStatus", FulfillmentStatus.class),
                parameters.single("createdBy"),
                parameters.single("customerId"),
                parameters.single("externalRef"),
                parameters.instant("createdFrom"),
                parameters.instant("createdTo"),
                parameters.instant("updatedFrom"),
                parameters.instant("updatedTo"));
        String cursor = parameters.single("cursor");
        parameters.check();
        KeysetPosition after = cursor == null ? null : Cursor.read(cursor, filter, sort);
        return new OrderQuery(limit, filter, sort, after, 0);
    }

    /** @throws HttpProblemException if a parameter is wrong, or the cursor belongs to another list */
    OrderQuery readEvents(OrderId order) {
        return readCollection(order, "events");
    }

    /** @throws HttpProblemException if a parameter is wrong, or the cursor belongs to another list */
    OrderQuery readLedger(OrderId order, Ledger ledger) {
        return readCollection(order, ledger.path());
    }

    /** @param collection the last segment of the path of the list */
    private OrderQuery readCollection(OrderId order, String collection) {
        int limit = limit();
        String cursor = parameters.single("cursor");
        parameters.check();
        int afterSeq = cursor == null ? 0 : Cursor.read(cursor, order, collection);
        return new OrderQuery(limit, OrderFilter.ALL, OrderSort.OLDEST_FIRST, null, afterSeq);
    }

    /** @throws HttpProblemException if a parameter is wrong, or the cursor belongs to a list */
    EventQuery readFeed() {
        int limit = limit();
        String after = parameters.single("after");
        Set<String> types = new LinkedHashSet<>();
        for (String list : parameters.all("type")) {
            types.addAll(List.of(list.split(",", -1)));
        }
        String include = parameters.single("include");
        if (include != null && !include.equals("changes")) {
            parameters.violate("include", Violation.Code.BAD_FORMAT, "include must be changes");
        }
        parameters.check();
        FeedPosition position =
                after == null ? FeedPosition.START : after.equals(LATEST) ? null : Cursor.readFeed(after);
        EventQuery.Content content =
                include == null ? EventQuery.Content.SUMMARY : EventQuery.Content.SUMMARY_AND_CHANGES;
        return new EventQuery(limit, position, types, content);
    }

    /** @throws HttpProblemException if a parameter is missing or wrong */
    TransactionReference readTransactionReference() {
        String provider = parameters.required("provider");
        String reference = parameters.required("reference");
        if (provider != null && !TransactionReference.isProvider(provider)) {
            parameters.violate(
                    "provider", Violation.Code.BAD_FORMAT, "provider must be " + TransactionReference.PROVIDER_FORMAT);
        }
        if (reference != null && !TransactionReference.isReference(reference)) {
            boolean isBlank = reference.isBlank();
            parameters.violate(
                    "reference",
                    isBlank ? Violation.Code.BLANK : Violation.Code.TOO_LONG,
                    isBlank
                            ? "reference must not be blank"
                            : "reference must have at most " + TransactionReference.MAX_LENGTH + " characters");
        }
        parameters.check();
        return new TransactionReference(Objects.requireNonNull(provider), Objects.requireNonNull(reference));
    }

    private int limit() {
        String text = parameters.single("limit");
        if (text == null) {
            return OrderQuery.DEFAULT_LIMIT;
        }
        String digits =
                INTEGER.matcher(text).matches() ? LEADING_ZEROS.matcher(text).replaceFirst("") : "";
        if (digits.isEmpty()) {
            parameters.violate(
                    "limit",
                    Violation.Code.OUT_OF_RANGE,
                    "limit must be an integer of at least 1. A page has at most " + OrderQuery.MAX_LIMIT + " entries.");
            return OrderQuery.DEFAULT_LIMIT;
        }
        return digits.length() > 3 ? OrderQuery.MAX_LIMIT : Math.min(OrderQuery.MAX_LIMIT, Integer.parseInt(digits));
    }

    private OrderSort sort() {
        String text = parameters.single("sort");
        if (text == null) {
            return OrderSort.NEWEST_FIRST;
        }
        return OrderSort.parse(text).orElseGet(() -> {
            parameters.violate(
                    "sort", Violation.Code.BAD_FORMAT, "sort must be -createdAt, createdAt, -updatedAt or updatedAt");
            return OrderSort.NEWEST_FIRST;
        });
    }
}
