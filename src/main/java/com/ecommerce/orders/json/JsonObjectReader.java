package com.ecommerce.orders.json;

import com.ecommerce.orders.operation.ProblemException;
import com.ecommerce.orders.operation.RequestProblem;
import com.ecommerce.orders.operation.Violation;
import com.ecommerce.orders.pricing.Money;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * A reader of the fields of one JSON object. It collects a violation for every rule that a field breaks. A field that is
 * absent, {@code null} or wrong is read as {@code null}. Callers end with {@link #finish}.
 */
final class JsonObjectReader {

    private static final String MINOR_UNITS = " in the currency's minor unit, such as 1999 for 19.99";

    private static final JsonNode NOTHING = MissingNode.getInstance();

    private final JsonNode object;
    private final String pointer;
    private final List<Violation> violations;
    private final boolean isPatch;
    private final @Nullable JsonNode named;
    // An object has at most about a dozen known fields. A search through this list is faster than hashing.
    private final List<String> known = new ArrayList<>(16);

    private JsonObjectReader(
            JsonNode object, String pointer, List<Violation> violations, boolean isPatch, @Nullable JsonNode named) {
        this.object = object;
        this.pointer = pointer;
        this.violations = violations;
        this.isPatch = isPatch;
        this.named = named;
        if (!object.isObject()) {
            violateWhole(Violation.Code.WRONG_TYPE, "The value must be a JSON object");
        }
    }

    /** Returns a reader of an object that must follow all rules. */
    static JsonObjectReader of(JsonNode object) {
        return new JsonObjectReader(object, "", new ArrayList<>(), false, null);
    }

    /** Returns a reader of a merge patch. Required fields may be absent: the order may already have them. */
    static JsonObjectReader ofPatch(JsonNode patch) {
        return new JsonObjectReader(patch, "", new ArrayList<>(), true, null);
    }

    /**
     * Returns a reader of the result of a merge patch. All required fields must be present. The other rules apply only to
     * the fields that the patch names: the other fields may be older than a rule.
     */
    static JsonObjectReader ofPatched(JsonNode result, JsonNode patch) {
        return new JsonObjectReader(result, "", new ArrayList<>(), false, patch);
    }

    /** Tells whether the field must follow the current rules. */
    boolean isChecked(String name) {
        return named == null || named.has(name);
    }

    @Nullable
    String text(String name, int maxLength) {
        return text(name, maxLength, false);
    }

    @Nullable
    String requiredText(String name, int maxLength) {
        return text(name, maxLength, true);
    }

    /** Reads a text that may be absent, but not blank. */
    @Nullable
    String nonBlank(String name, int maxLength) {
        String text = text(name, maxLength);
        return text != null && text.isBlank() && isChecked(name)
                ? violate(name, Violation.Code.BLANK, name + " must not be blank. Set a value or leave it out.")
                : text;
    }

    private @Nullable String text(String name, int maxLength, boolean required) {
        JsonNode node = find(name, required);
        if (node == null) {
            return null;
        }
        if (!isChecked(name)) {
            return node.stringValue();
        }
        if (!node.isString()) {
            return violate(name, Violation.Code.WRONG_TYPE, name + " must be a string");
        }
        String text = node.stringValue();
        if (required && text.isBlank()) {
            return violate(name, Violation.Code.BLANK, name + " must not be blank");
        }
        if (text.codePointCount(0, text.length()) > maxLength) {
            return violate(name, Violation.Code.TOO_LONG, name + " must have at most " + maxLength + " characters");
        }
        return text;
    }

    /** Reads a string with a format. {@code expected} completes the message "name must be". */
    @Nullable
    String formatted(String name, boolean required, String expected, Predicate<String> valid) {
        String text = text(name, Integer.MAX_VALUE, required);
        return text == null || !isChecked(name) || valid.test(text)
                ? text
                : violate(name, Violation.Code.BAD_FORMAT, name + " must be " + expected);
    }

    /** Reads the name of a constant of an enum. */
    <E extends Enum<E>> @Nullable E constant(String name, boolean required, Class<E> type) {
        List<String> names =
                Arrays.stream(type.getEnumConstants()).map(Enum::name).toList();
        String text = formatted(name, required, "one of " + String.join(", ", names), names::contains);
        return text == null ? null : Enum.valueOf(type, text);
    }

    /** Reads a boolean. A field that is absent or wrong is false. */
    boolean flag(String name) {
        JsonNode node = find(name, false);
        if (node != null && !node.isBoolean()) {
            violate(name, Violation.Code.WRONG_TYPE, name + " must be true or false");
        }
        return node != null && node.booleanValue(false);
    }

    @Nullable
    Integer requiredInteger(String name, int min, int max) {
        Long value = integer(name, true, min, max);
        return value == null ? null : value.intValue();
    }

    @Nullable
    Money money(String name) {
        return money(name, false, 0);
    }

    @Nullable
    Money requiredMoney(String name) {
        return money(name, true, 0);
    }

    /** Reads an amount above 0. */
    @Nullable
    Money requiredPositiveMoney(String name) {
        return money(name, true, 1);
    }

    private @Nullable Money money(String name, boolean required, long min) {
        Long value = integer(name, required, min, Money.MAX_MINOR_UNITS);
        return value == null ? null : new Money(value);
    }

    private @Nullable Long integer(String name, boolean required, long min, long max) {
        JsonNode node = find(name, required);
        if (node == null) {
            return null;
        }
        if (!isChecked(name)) {
            return node.longValue();
        }
        if (!node.isIntegralNumber()) {
            return violate(
                    name,
                    Violation.Code.WRONG_TYPE,
                    name + " must be an integer" + (max == Money.MAX_MINOR_UNITS ? MINOR_UNITS : "")
                            + ", without a fraction or an exponent");
        }
        if (!node.canConvertToLong() || node.longValue() < min || node.longValue() > max) {
            return violate(name, Violation.Code.OUT_OF_RANGE, name + " must be " + min + " to " + max);
        }
        return node.longValue();
    }

    /** Returns a reader of an object. Returns {@code null} if the field is absent or has a violation. */
    @Nullable
    JsonObjectReader object(String name) {
        JsonNode node = find(name, false);
        if (node == null) {
            return null;
        }
        JsonNode namedInside = named == null ? null : named.path(name);
        JsonObjectReader fields = new JsonObjectReader(node, pointer + "/" + name, violations, isPatch, namedInside);
        return node.isObject() ? fields : null;
    }

    /** Reads an array of objects. Returns {@code null} if the array is absent or if any entry is wrong. */
    <T> @Nullable List<T> array(
            String name, boolean required, int min, int max, Function<JsonObjectReader, @Nullable T> read) {
        JsonNode node = find(name, required);
        if (node == null) {
            return null;
        }
        if (!node.isArray()) {
            return violate(name, Violation.Code.WRONG_TYPE, name + " must be an array");
        }
        if (isChecked(name) && node.size() < min) {
            return violate(name, Violation.Code.TOO_FEW, name + " must have at least " + min + " entry");
        }
        if (isChecked(name) && node.size() > max) {
            return violate(name, Violation.Code.TOO_MANY, name + " must have at most " + max + " entries");
        }
        List<T> entries = new ArrayList<>(node.size());
        for (int i = 0; i < node.size(); i++) {
            T entry = readArrayEntry(node.get(i), name, i, read);
            if (entry != null) {
                entries.add(entry);
            }
        }
        return entries.size() == node.size() ? entries : null;
    }

    /** Reads an entry of an array. A patch replaces the whole array, so an entry is never a patch. */
    private <T> @Nullable T readArrayEntry(
            JsonNode node, String name, int index, Function<JsonObjectReader, @Nullable T> read) {
        JsonNode namedInside = isChecked(name) ? null : NOTHING;
        JsonObjectReader fields =
                new JsonObjectReader(node, pointer + "/" + name + "/" + index, violations, false, namedInside);
        return node.isObject() ? read.apply(fields) : null;
    }

    /** Reads an object whose names the client chooses and whose values are strings. */
    Map<String, String> texts(String name, int maxEntries, int maxKeyLength, int maxLength) {
        Map<String, String> texts = new LinkedHashMap<>();
        JsonObjectReader fields = object(name);
        if (fields == null) {
            return texts;
        }
        int entries = 0;
        for (String key : fields.object.propertyNames()) {
            if (fields.isChecked(key) && (key.isEmpty() || key.codePointCount(0, key.length()) > maxKeyLength)) {
                fields.violate(
                        key,
                        Violation.Code.TOO_LONG,
                        "A key of " + name + " must have 1 to " + maxKeyLength + " characters");
            }
            entries += fields.object.get(key).isNull() ? 0 : 1;
            String text = fields.text(key, maxLength);
            if (text != null) {
                texts.put(key, text);
            }
        }
        if (isChecked(name) && entries > maxEntries) {
            violate(name, Violation.Code.TOO_MANY, name + " must have at most " + maxEntries + " keys");
        }
        return texts;
    }

    /** Tells whether the field is present and not {@code null}, even if its value is wrong. */
    boolean has(String name) {
        return object.hasNonNull(name);
    }

    /** Adds a violation for each field that was not read. Fields in {@code fixed} exist, but clients can't set them here. */
    void refuseOthers(Set<String> fixed) {
        for (String name : object.propertyNames()) {
            if (known.contains(name)) {
                continue;
            }
            if (fixed.contains(name)) {
                violate(name, Violation.Code.NOT_CHANGEABLE, name + " can't be set here. Leave it out.");
            } else {
                violate(name, Violation.Code.UNKNOWN_FIELD, "There is no field with this name here. Leave it out.");
            }
        }
    }

    /**
     * Adds a violation for each field that was not read, and ends the reading of the body.
     *
     * @param fixed fields that exist, but that clients can't set here
     * @throws ProblemException if the body breaks any rule
     */
    void finish(Set<String> fixed) {
        refuseOthers(fixed);
        check();
    }

    /** @throws ProblemException if the body breaks any rule */
    void check() {
        if (hasViolations()) {
            throw new ProblemException(new RequestProblem.InvalidRequest(violations));
        }
    }

    /** Tells whether the body breaks any rule, as far as the body is read. */
    boolean hasViolations() {
        return !violations.isEmpty();
    }

    /** Adds a violation of this object's field {@code name}. */
    <T> @Nullable T violate(String name, Violation.Code code, String detail) {
        return note(pointer + "/" + StrictJson.escape(name), code, detail);
    }

    /** Adds a violation of this object as a whole. */
    <T> @Nullable T violateWhole(Violation.Code code, String detail) {
        return note(pointer, code, detail);
    }

    private <T> @Nullable T note(String where, Violation.Code code, String detail) {
        if (violations.size() < Violation.MAX_LISTED) {
            violations.add(new Violation(where, code, detail));
        }
        return null;
    }

    /** Tells whether a required field may be absent here: in a patch, the rest of the order may have the field. */
    private boolean mayBeThereAlready(@Nullable JsonNode node) {
        return isPatch && (node == null || !pointer.isEmpty());
    }

    private @Nullable JsonNode find(String name, boolean required) {
        known.add(name);
        JsonNode node = object.get(name);
        boolean missing = node == null || node.isNull();
        if (missing && required && object.isObject() && !mayBeThereAlready(node)) {
            violate(name, Violation.Code.REQUIRED, name + " is required");
        }
        return missing ? null : node;
    }
}
