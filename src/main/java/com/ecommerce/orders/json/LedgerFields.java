package com.ecommerce.orders.json;

import com.ecommerce.orders.operation.Violation;
import com.ecommerce.orders.order.OrderItem;
import com.ecommerce.orders.payment.CardNumbers;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Reads the fields that the bodies of several ledgers have. */
final class LedgerFields {

    private static final int MAX_TEXT = 500;
    private static final int MAX_LINES = 500;

    private LedgerFields() {}

    /** Reads a text that a person writes. The text has at most 500 characters, and no card number. */
    static @Nullable String freeText(JsonObjectReader fields, String name) {
        String text = fields.text(name, MAX_TEXT);
        return text != null && CardNumbers.isIn(text)
                ? fields.violate(name, Violation.Code.BAD_FORMAT, cardNumber(name))
                : text;
    }

    /** Reads a time that is not before 1970. */
    static @Nullable Instant time(JsonObjectReader fields, String name) {
        String text = fields.formatted(
                name,
                false,
                "a time with an offset such as 2026-01-31T12:00:00Z",
                value -> Timestamps.parse(value) != null);
        Instant time = text == null ? null : Timestamps.parse(text);
        return time != null && time.isBefore(Instant.EPOCH)
                ? fields.violate(name, Violation.Code.OUT_OF_RANGE, name + " must not be before 1970")
                : time;
    }

    /** Reads the member {@code metadata}. */
    static Map<String, String> metadata(JsonObjectReader fields) {
        Map<String, String> metadata = fields.texts("metadata", 50, 40, 500);
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
            if (CardNumbers.isIn(entry.getValue())) {
                JsonObjectReader inside = Objects.requireNonNull(fields.object("metadata"));
                if (inside.isChecked(entry.getKey())) {
                    inside.violate(entry.getKey(), Violation.Code.BAD_FORMAT, cardNumber("metadata"));
                }
            }
        }
        return metadata;
    }

    /**
     * Reads the member {@code items}: 1 to 500 entries, each about another line of the order.
     *
     * @param read reads an entry and gets the number of its line, which is {@code null} if it is wrong; returns
     *     {@code null} if the entry is wrong
     */
    static <T> @Nullable List<T> items(
            JsonObjectReader fields,
            boolean required,
            BiFunction<JsonObjectReader, @Nullable Integer, @Nullable T> read) {
        Set<Integer> lines = new HashSet<>();
        return fields.array("items", required, 1, MAX_LINES, item -> {
            Integer line = item.requiredInteger("lineNumber", 1, MAX_LINES);
            T entry = read.apply(item, line);
            item.refuseOthers(Set.of());
            return line == null || lines.add(line)
                    ? entry
                    : item.violate(
                            "lineNumber",
                            Violation.Code.TOO_MANY,
                            "An earlier item has the same lineNumber. Name each line at most once.");
        });
    }

    static @Nullable Integer quantity(JsonObjectReader item) {
        return item.requiredInteger("quantity", 1, OrderItem.MAX_QUANTITY);
    }

    private static String cardNumber(String name) {
        return name + " must not contain a card number. Send at most the last four digits of the number.";
    }
}
