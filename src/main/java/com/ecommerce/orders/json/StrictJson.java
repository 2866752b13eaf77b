package com.ecommerce.orders.json;

import com.ecommerce.orders.order.OrderProblem;
import com.ecommerce.orders.order.Refusal;
import com.ecommerce.orders.order.Violation;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads JSON (RFC 8259) as I-JSON (RFC 7493): UTF-8, no duplicate keys, no lone surrogates, bounded depth. */
public final class StrictJson {

    private static final int MAX_DEPTH = 100;
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final char REPLACEMENT = '\uFFFD';

    /** Writes as RFC 8785 asks: keys in the order of UTF-16 code units, lower-case escapes, no white space. */
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
            .build();

    private static final ObjectReader TRUSTING = MAPPER.reader().without(StreamReadFeature.STRICT_DUPLICATE_DETECTION);

    private StrictJson() {}

    /** @throws Refusal if {@code body} is not one JSON value, or has characters that PostgreSQL can't keep */
    public static JsonNode read(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) >= 0) {
            throw malformed("", Violation.Code.MALFORMED, "The body is not UTF-8, or holds U+FFFD; send UTF-8");
        }
        boolean marked = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
        JsonNode tree = parse(marked ? text.substring(1) : text);
        refuseUnstorable(tree, new Place(null, ""));
        return tree;
    }

    /** Reads JSON of our own making. */
    public static JsonNode readTrusted(String json) {
        return TRUSTING.readTree(json);
    }

    /** Reads JSON that a platform has made, in UTF-8. */
    public static JsonNode readTrusted(byte[] json) {
        return TRUSTING.readTree(json);
    }

    /** {@code tree} as RFC 8785 writes it, provided that its numbers are integers. */
    public static byte[] canonical(JsonNode tree) {
        return MAPPER.writeValueAsBytes(tree);
    }

    /** Maps, lists and scalars as JSON. */
    public static byte[] write(Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    private static JsonNode parse(String text) {
        try {
            JsonNode tree = MAPPER.readTree(text);
            if (tree.isMissingNode()) {
                throw malformed("", Violation.Code.MALFORMED, "The body is empty; send a JSON object");
            }
            return tree;
        } catch (StreamConstraintsException | NumberFormatException tooMuch) {
            throw malformed(
                    "",
                    Violation.Code.MALFORMED,
                    "The JSON is nested deeper than " + MAX_DEPTH + ", or has a number or name too long");
        } catch (JacksonException broken) {
            boolean duplicate = broken.getOriginalMessage().startsWith("Duplicate");
            throw malformed(
                    duplicate && broken.processor() instanceof JsonParser parser
                            ? parser.streamReadContext().pathAsPointer().toString()
                            : "",
                    duplicate ? Violation.Code.DUPLICATE_KEY : Violation.Code.MALFORMED,
                    (duplicate ? "An object has the same key twice" : "The body is not JSON")
                            + at(broken.getLocation()));
        }
    }

    private static String at(TokenStreamLocation location) {
        return ", at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static void refuseUnstorable(JsonNode node, Place place) {
        if (node.isString()) {
            refuseUnstorable(node.stringValue(), place);
        } else if (node.isObject()) {
            for (Map.Entry<String, JsonNode> property : node.properties()) {
                refuseUnstorable(property.getKey(), place);
                refuseUnstorable(property.getValue(), new Place(place, property.getKey()));
            }
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                refuseUnstorable(node.get(i), new Place(place, i));
            }
        }
    }

    private static void refuseUnstorable(String text, Place place) {
        if (!isStorable(text)) {
            throw malformed(
                    place.pointer(),
                    Violation.Code.MALFORMED,
                    "U+0000, U+FFFD and lone surrogates can't be kept; leave them out");
        }
    }

    /** Tells whether PostgreSQL keeps {@code text} as it is: it is well-formed, without U+0000 and U+FFFD. */
    public static boolean isStorable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (c == 0 || c == REPLACEMENT || Character.isSurrogate(c)) {
                return false;
            }
        }
        return true;
    }

    /** One reference token of a JSON pointer (RFC 6901, section 3). */
    public static String escape(String key) {
        return key.indexOf('~') < 0 && key.indexOf('/') < 0
                ? key
                : key.replace("~", "~0").replace("/", "~1");
    }

    private static Refusal malformed(String pointer, Violation.Code code, String detail) {
        return new Refusal(OrderProblem.invalid(new Violation(pointer, code, detail)));
    }

    /** Where a value stands; written down only when asked, since each of many values may stand under long names. */
    private record Place(@Nullable Place parent, Object token) {

        String pointer() {
            return parent == null ? "" : parent.pointer() + "/" + escape(token.toString());
        }
    }
}
