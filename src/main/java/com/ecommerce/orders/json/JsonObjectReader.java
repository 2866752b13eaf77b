package com.ecommerce.orders.json;

import com.ecommerce.orders.order.Violation;
import com.ecommerce.orders.pricing.Money;
import java.util.ArrayList;
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
 * Reads the fields of one JSON object and notes every rule that they break. A field that is absent, {@code null} or
 * wrong is read as {@code null}; whether anything was wrong is asked of the list of violations in the end.
 */
final class JsonObjectReader {

    /** The mistake that everyone makes once. */
    private static final String MINOR_UNITS = " in the currency's minor unit, such as 1999 for 19.99";

    private static final JsonNode NOTHING = MissingNode.getInstance();

    private final JsonNode object;
    private final String pointer;
    private final List<Violation> violations;
    private final boolean isPatch;
    private final @Nullable JsonNode named;
    // A dozen at most are asked for by name: looking through them takes less than hashing each.
    private final List<String> known = new ArrayList<>(16);

    private JsonObjectReader(
            JsonNode object, String pointer, List<Violation> violations, boolean isPatch, @Nullable JsonNode named) {
        this.object = object;
        this.pointer = pointer;
        this.violations = violations;
        this.isPatch = isPatch;
        this.named = named;
        if (!object.isObject()) {
            violateWhole(Violation.Code.WRONG_TYPE, "This must be a JSON object");
        }
    }

    /** Reads an object that must keep all rules. */
    static JsonObjectReader of(JsonNode object, List<Violation> violations) {
        return new JsonObjectReader(object, "", violations, false, null);
    }

    /** Reads a merge patch: what it lacks may be there already. */
    static JsonObjectReader ofPatch(JsonNode patch, List<Violation> violations) {
        return new JsonObjectReader(patch, "", violations, true, null);
    }

    /**
     * Reads what a merge patch made of an object. Nothing that is required may be missing. Of the other rules, only what the
     * patch names must keep them: the rest may be older than a rule.
     */
    static JsonObjectReader ofPatched(JsonNode result, JsonNode patch, List<Violation> violations) {
        return new JsonObjectReader(result, "", violations, false, patch);
    }

    /** Tells whether the field must keep the rules of today. */
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
            return violate(name, Violation.Code.TOO_LONG, name + " must be at most " + maxLength + " characters");
        }
        return text;
    }

    /** A string in a format of its own; {@code expected} ends the sentence "name must be". */
    @Nullable
    String formatted(String name, boolean required, String expected, Predicate<String> valid) {
        String text = text(name, Integer.MAX_VALUE, required);
        return text == null || !isChecked(name) || valid.test(text)
                ? text
                : violate(name, Violation.Code.BAD_FORMAT, name + " must be " + expected);
    }

    @Nullable
    Integer requiredInteger(String name, int min, int max) {
        Long value = integer(name, true, min, max);
        return value == null ? null : value.intValue();
    }

    @Nullable
    Money money(String name) {
        return money(name, false);
    }

    @Nullable
    Money requiredMoney(String name) {
        return money(name, true);
    }

    private @Nullable Money money(String name, boolean required) {
        Long value = integer(name, required, 0, Money.MAX_MINOR_UNITS);
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
                            + ", written without fraction or exponent");
        }
        if (!node.canConvertToLong() || node.longValue() < min || node.longValue() > max) {
            return violate(name, Violation.Code.OUT_OF_RANGE, name + " must be " + min + " to " + max);
        }
        return node.longValue();
    }

    /** The fields of an object; {@code null} if it is absent, or no object, which is noted. */
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

    /** Objects in an array; {@code null} if it is absent or anything in it is wrong. */
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

    /** The entries of an array are replaced whole, even in a patch. */
    private <T> @Nullable T readArrayEntry(
            JsonNode node, String name, int index, Function<JsonObjectReader, @Nullable T> read) {
        JsonNode namedInside = isChecked(name) ? null : NOTHING;
        JsonObjectReader fields =
                new JsonObjectReader(node, pointer + "/" + name + "/" + index, violations, false, namedInside);
        return node.isObject() ? read.apply(fields) : null;
    }

    /** An object of strings by names of the client's own. */
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
                        "A key of " + name + " must be 1 to " + maxKeyLength + " characters");
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

    /** Whether the field is there and not {@code null}, right or wrong. */
    boolean has(String name) {
        return object.hasNonNull(name);
    }

    /** Notes every field that was not asked for; those in {@code fixed} exist but are not the client's to set here. */
    void refuseOthers(Set<String> fixed) {
        for (String name : object.propertyNames()) {
            if (known.contains(name)) {
                continue;
            }
            if (fixed.contains(name)) {
                violate(name, Violation.Code.NOT_CHANGEABLE, name + " can't be set here; leave it out");
            } else {
                violate(name, Violation.Code.UNKNOWN_FIELD, "There is no such field; leave it out");
            }
        }
    }

    /** Notes a violation of this object's field {@code name}. */
    <T> @Nullable T violate(String name, Violation.Code code, String detail) {
        return note(pointer + "/" + StrictJson.escape(name), code, detail);
    }

    /** Notes a violation of this object as a whole. */
    <T> @Nullable T violateWhole(Violation.Code code, String detail) {
        return note(pointer, code, detail);
    }

    private <T> @Nullable T note(String where, Violation.Code code, String detail) {
        if (violations.size() < Violation.MAX_LISTED) {
            violations.add(new Violation(where, code, detail));
        }
        return null;
    }

    /** What a patch leaves out, or deletes further down, only the whole can tell. */
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
