package com.ecommerce.orders.json;

import com.ecommerce.orders.operation.ProblemException;
import com.ecommerce.orders.operation.Violation;
import com.ecommerce.orders.order.OrderItem;
import com.ecommerce.orders.payment.CardNumbers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A reader of the fields that the bodies of several ledgers have. It collects all rules that a body breaks. */
final class LedgerBodyReader {

    private static final int MAX_TEXT = 500;
    private static final int MAX_LINES = 500;

    private final JsonObjectReader fields;
    private final List<Violation> violations;

    private LedgerBodyReader(Function<List<Violation>, JsonObjectReader> open) {
        this.violations = new ArrayList<>();
        this.fields = open.apply(violations);
    }

    /** Returns a reader of a body that must follow all rules. */
    static LedgerBodyReader of(JsonNode body) {
        return new LedgerBodyReader(violations -> JsonObjectReader.of(body, violations));
    }

    /** Returns a reader of a merge patch. */
    static LedgerBodyReader ofPatch(JsonNode patch) {
        return new LedgerBodyReader(violations -> JsonObjectReader.ofPatch(patch, violations));
    }

    /** Returns a reader of the result of a merge patch. The rules apply to the fields that the patch names. */
    static LedgerBodyReader ofPatched(JsonNode result, JsonNode patch) {
        return new LedgerBodyReader(violations -> JsonObjectReader.ofPatched(result, patch, violations));
    }

    JsonObjectReader fields() {
        return fields;
    }

    @Nullable
    String nonBlank(String name, int maxLength) {
        return OrderReader.nonBlank(fields, name, maxLength);
    }

    /** Reads a text that a person writes. The text has at most 500 characters, and no card number. */
    @Nullable
    String freeText(String name) {
        return freeText(fields, name);
    }

    static @Nullable String freeText(JsonObjectReader fields, String name) {
        String text = fields.text(name, MAX_TEXT);
        return text != null && CardNumbers.isIn(text)
                ? fields.violate(name, Violation.Code.BAD_FORMAT, cardNumber(name))
                : text;
    }

    /** Reads a time that is not before 1970. */
    @Nullable
    Instant time(String name) {
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

    Map<String, String> metadata() {
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
    <T> @Nullable List<T> items(boolean required, BiFunction<JsonObjectReader, @Nullable Integer, @Nullable T> read) {
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

    /**
     * Refuses all other fields.
     *
     * @param fixed fields that exist, but that clients can't set here
     * @throws ProblemException if the body breaks any rule
     */
    void finish(Set<String> fixed) {
        fields.refuseOthers(fixed);
        OrderReader.check(violations);
    }

    private static String cardNumber(String name) {
        return name + " must not contain a card number. Send at most the last four digits of the number.";
    }
}
