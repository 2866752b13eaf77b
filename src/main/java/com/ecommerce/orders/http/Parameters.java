package com.ecommerce.orders.http;

import com.ecommerce.orders.event.EventQuery;
import com.ecommerce.orders.json.Timestamps;
import com.ecommerce.orders.operation.FeedPosition;
import com.ecommerce.orders.operation.FulfillmentStatus;
import com.ecommerce.orders.operation.KeysetPosition;
import com.ecommerce.orders.operation.Ledger;
import com.ecommerce.orders.operation.OrderFilter;
import com.ecommerce.orders.operation.OrderId;
import com.ecommerce.orders.operation.OrderQuery;
import com.ecommerce.orders.operation.OrderSort;
import com.ecommerce.orders.operation.OrderStatus;
import com.ecommerce.orders.operation.PaymentStatus;
import com.ecommerce.orders.operation.Violation;
import com.ecommerce.orders.payment.TransactionReference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The query parameters of one request. Unknown parameters and empty parameters are violations. */
final class Parameters {

    private static final String[] NONE = {};

    /** The value of {@code after} that asks for events from now on. */
    private static final String LATEST = "latest";

    private static final Pattern INTEGER = Pattern.compile("[0-9]+");
    private static final Pattern LEADING_ZEROS = Pattern.compile("^0+");

    private final Map<String, List<String>> values = new LinkedHashMap<>();
    private final Set<String> known = new HashSet<>();
    private final ViolationCollector violations;

    /** @param violations receives the violations */
    Parameters(List<Parameter> query, ViolationCollector violations) {
        this.violations = violations;
        for (Parameter parameter : query) {
            values.computeIfAbsent(parameter.name(), name -> new ArrayList<>()).add(parameter.value());
        }
    }

    /** @throws HttpProblemException if there is any parameter */
    static void refuseAll(List<Parameter> query) {
        new Parameters(query, new ViolationCollector()).check();
    }

    /** Tells whether the request asks for a dry run. */
    boolean readDryRun() {
        String text = single("dryRun");
        if (text != null && !text.equals("true") && !text.equals("false")) {
            violate("dryRun", Violation.Code.BAD_FORMAT, "dryRun must be true or false");
        }
        return "true".equals(text);
    }

    /** @throws HttpProblemException if a parameter is wrong, or the cursor belongs to another list */
    OrderQuery readOrders() {
        int limit = limit();
        OrderSort sort = sort();
        OrderFilter filter = new OrderFilter(
                statuses("status", OrderStatus.class),
                statuses("paymentStatus", PaymentStatus.class),
                statuses("fulfillmentStatus", FulfillmentStatus.class),
                single("createdBy"),
                single("customerId"),
                single("externalRef"),
                instant("createdFrom"),
                instant("createdTo"),
                instant("updatedFrom"),
                instant("updatedTo"));
        String cursor = single("cursor");
        check();
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
        String cursor = single("cursor");
        check();
        int afterSeq = cursor == null ? 0 : Cursor.read(cursor, order, collection);
        return new OrderQuery(limit, OrderFilter.ALL, OrderSort.OLDEST_FIRST, null, afterSeq);
    }

    /** @throws HttpProblemException if a parameter is wrong, or the cursor belongs to a list */
    EventQuery readFeed() {
        int limit = limit();
        String after = single("after");
        Set<String> types = new LinkedHashSet<>();
        known.add("type");
        for (String list : values.getOrDefault("type", List.of())) {
            types.addAll(List.of(list.split(",", -1)));
        }
        String include = single("include");
        if (include != null && !include.equals("changes")) {
            violate("include", Violation.Code.BAD_FORMAT, "include must be changes");
        }
        check();
        FeedPosition position =
                after == null ? FeedPosition.START : after.equals(LATEST) ? null : Cursor.readFeed(after);
        EventQuery.Content content =
                include == null ? EventQuery.Content.SUMMARY : EventQuery.Content.SUMMARY_AND_CHANGES;
        return new EventQuery(limit, position, types, content);
    }

    /** @throws HttpProblemException if a parameter is missing or wrong */
    TransactionReference readTransactionReference() {
        String provider = required("provider");
        String reference = required("reference");
        if (provider != null && !TransactionReference.isProvider(provider)) {
            violate("provider", Violation.Code.BAD_FORMAT, "provider must be " + TransactionReference.PROVIDER_FORMAT);
        }
        if (reference != null && !TransactionReference.isReference(reference)) {
            boolean isBlank = reference.isBlank();
            violate(
                    "reference",
                    isBlank ? Violation.Code.BLANK : Violation.Code.TOO_LONG,
                    isBlank
                            ? "reference must not be blank"
                            : "reference must have at most " + TransactionReference.MAX_LENGTH + " characters");
        }
        check();
        return new TransactionReference(Objects.requireNonNull(provider), Objects.requireNonNull(reference));
    }

    private @Nullable String required(String name) {
        String text = single(name);
        if (text == null && !values.containsKey(name)) {
            violate(name, Violation.Code.REQUIRED, name + " is required");
        }
        return text;
    }

    private int limit() {
        String text = single("limit");
        if (text == null) {
            return OrderQuery.DEFAULT_LIMIT;
        }
        String digits =
                INTEGER.matcher(text).matches() ? LEADING_ZEROS.matcher(text).replaceFirst("") : "";
        if (digits.isEmpty()) {
            violate(
                    "limit",
                    Violation.Code.OUT_OF_RANGE,
                    "limit must be an integer of at least 1. A page has at most " + OrderQuery.MAX_LIMIT + " entries.");
            return OrderQuery.DEFAULT_LIMIT;
        }
        return digits.length() > 3 ? OrderQuery.MAX_LIMIT : Math.min(OrderQuery.MAX_LIMIT, Integer.parseInt(digits));
    }

    private OrderSort sort() {
        String text = single("sort");
        if (text == null) {
            return OrderSort.NEWEST_FIRST;
        }
        return OrderSort.parse(text).orElseGet(() -> {
            violate("sort", Violation.Code.BAD_FORMAT, "sort must be -createdAt, createdAt, -updatedAt or updatedAt");
            return OrderSort.NEWEST_FIRST;
        });
    }

    private <E extends Enum<E>> Set<E> statuses(String parameter, Class<E> type) {
        known.add(parameter);
        List<String> given = values.getOrDefault(parameter, List.of());
        if (given.isEmpty()) {
            return Set.of();
        }
        EnumSet<E> statuses = EnumSet.noneOf(type);
        Violation.Code wrong = null;
        for (String list : given) {
            for (String name : list.isEmpty() ? NONE : list.split(",", -1)) {
                E status = status(name, type);
                if (status == null) {
                    wrong = Violation.Code.BAD_FORMAT;
                } else if (!statuses.add(status) && wrong == null) {
                    wrong = Violation.Code.TOO_MANY;
                }
            }
        }
        if (wrong != null) {
            violate(parameter, wrong, parameter + " must be one or more of " + all(type) + ", each only once");
        }
        return statuses;
    }

    private static <E extends Enum<E>> @Nullable E status(String name, Class<E> type) {
        try {
            return Enum.valueOf(type, name);
        } catch (IllegalArgumentException unknown) {
            return null;
        }
    }

    private static <E extends Enum<E>> String all(Class<E> type) {
        String list =
                String.join(", ", EnumSet.allOf(type).stream().map(Enum::name).toList());
        int last = list.lastIndexOf(", ");
        return list.substring(0, last) + " and " + list.substring(last + 2);
    }

    private @Nullable Instant instant(String name) {
        String text = single(name);
        if (text == null) {
            return null;
        }
        Instant instant = Timestamps.parse(text);
        if (instant == null) {
            violate(
                    name,
                    Violation.Code.BAD_FORMAT,
                    name + " must be a time such as 2026-01-31T12:00:00Z. Write the + of an offset as %2B.");
        }
        return instant;
    }

    private @Nullable String single(String name) {
        known.add(name);
        List<String> given = values.getOrDefault(name, List.of());
        if (given.size() > 1) {
            violate(name, Violation.Code.TOO_MANY, name + " must be given only once");
            return null;
        }
        return given.isEmpty() || given.get(0).isEmpty() ? null : given.get(0);
    }

    /** @throws HttpProblemException if a parameter is wrong or unknown, or if the collector has other violations */
    void check() {
        for (Map.Entry<String, List<String>> each : values.entrySet()) {
            check(each.getKey(), each.getValue());
        }
        violations.check();
    }

    private void check(String name, List<String> given) {
        if (!known.contains(name)) {
            violate(name, Violation.Code.UNKNOWN_FIELD, "This operation has no such parameter. Leave it out.");
        } else if (given.contains("")) {
            violate(name, Violation.Code.BLANK, name + " must not be empty. Set a value or leave it out.");
        } else if (given.stream().anyMatch(Parameters::isUnstorable)) {
            violate(name, Violation.Code.MALFORMED, name + " must be UTF-8 without U+0000");
        }
    }

    private static boolean isUnstorable(String value) {
        return value.chars().anyMatch(c -> c == 0 || c == '\uFFFD');
    }

    private void violate(String name, Violation.Code code, String detail) {
        violations.add("?" + name, code, detail);
    }
}
