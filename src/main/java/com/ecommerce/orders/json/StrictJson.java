package com.ecommerce.orders.json;

import com.ecommerce.orders.operation.ProblemException;
import com.ecommerce.orders.operation.Violation;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A reader of JSON (RFC 8259) as I-JSON (RFC 7493): UTF-8, no duplicate keys, no lone surrogates, limited depth. It works
 * token by token, so that Jackson's mapper is not started.
 */
public final class StrictJson {

    private static final int MAX_DEPTH = 100;

    /** Four times the tokens of the largest order. In memory, small values need twenty times the size of their text. */
    private static final int MAX_TOKENS = 50_000;

    private static final String TOO_LARGE = "The JSON is too large. Send at most " + MAX_DEPTH + " levels and "
            + MAX_TOKENS + " tokens, and shorter numbers and names.";

    private static final char REPLACEMENT = '\uFFFD';

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxTokenCount(MAX_TOKENS)
                    .build())
            .build();

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private StrictJson() {}

    /** @throws ProblemException if {@code body} is not one JSON value, or has characters that PostgreSQL can't store */
    public static JsonNode read(byte[] body) {
        if (!isPlain(body)) {
            checkText(new String(body, StandardCharsets.UTF_8));
        }
        try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), body)) {
            return readWhole(json, true);
        } catch (StreamConstraintsException | NumberFormatException tooMuch) {
            throw malformed("", Violation.Code.MALFORMED, TOO_LARGE);
        } catch (JacksonException broken) {
            throw malformed("", Violation.Code.MALFORMED, "The body is not JSON" + at(broken.getLocation()));
        }
    }

    /** Tells whether the body is ASCII without U+0000. Most bodies are, and need no check of their decoded text. */
    private static boolean isPlain(byte[] body) {
        for (byte b : body) {
            if (b <= 0) {
                return false;
            }
        }
        return true;
    }

    private static void checkText(String body) {
        if (body.indexOf(REPLACEMENT) >= 0) {
            throw malformed("", Violation.Code.MALFORMED, "The body is not UTF-8, or contains U+FFFD. Send UTF-8.");
        }
        // Jackson would take U+0000 for a sign of UTF-16.
        if (body.indexOf(0) >= 0) {
            throw malformed("", Violation.Code.MALFORMED, "The body is not JSON, because it contains U+0000");
        }
    }

    /** Reads JSON that this API has written. */
    public static JsonNode readTrusted(String json) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
            return readWhole(parser, false);
        }
    }

    /** Reads JSON in UTF-8 that this API or a trusted gateway has written. */
    public static JsonNode readTrusted(byte[] json) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
            return readWhole(parser, false);
        }
    }

    /** @param strict whether to apply the rules for a client's body */
    private static JsonNode readWhole(JsonParser json, boolean strict) {
        if (json.nextToken() == null) {
            if (strict) {
                throw malformed("", Violation.Code.MALFORMED, "The body is empty. Send a JSON object.");
            }
            return NODES.missingNode();
        }
        JsonNode tree = readValue(json, strict);
        if (json.nextToken() != null) {
            throw new StreamReadException(json, "More than one value");
        }
        return tree;
    }

    private static JsonNode readValue(JsonParser json, boolean strict) {
        return switch (json.currentToken()) {
            case START_OBJECT -> readObject(json, strict);
            case START_ARRAY -> readArray(json, strict);
            case VALUE_STRING -> NODES.stringNode(readString(json, strict));
            case VALUE_NUMBER_INT -> readInteger(json);
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(json.getDecimalValue());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            default -> NODES.nullNode();
        };
    }

    private static JsonNode readObject(JsonParser json, boolean strict) {
        ObjectNode object = NODES.objectNode();
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            if (strict) {
                checkName(json, object, name);
            }
            json.nextToken();
            object.set(name, readValue(json, strict));
        }
        return object;
    }

    private static void checkName(JsonParser json, ObjectNode object, String name) {
        if (!isStorable(name)) {
            throw unstorable(json.streamReadContext().getParent());
        }
        if (object.has(name)) {
            throw malformed(
                    pointer(json.streamReadContext()),
                    Violation.Code.DUPLICATE_KEY,
                    "An object has the same key twice" + at(json.currentTokenLocation()));
        }
    }

    private static JsonNode readArray(JsonParser json, boolean strict) {
        ArrayNode array = NODES.arrayNode();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            array.add(readValue(json, strict));
        }
        return array;
    }

    private static String readString(JsonParser json, boolean strict) {
        String text = json.getString();
        if (strict && !isStorable(text)) {
            throw unstorable(json.streamReadContext());
        }
        return text;
    }

    private static JsonNode readInteger(JsonParser json) {
        return switch (json.getNumberType()) {
            case INT -> NODES.numberNode(json.getIntValue());
            case LONG -> NODES.numberNode(json.getLongValue());
            default -> NODES.numberNode(json.getBigIntegerValue());
        };
    }

    private static String at(TokenStreamLocation location) {
        return ", at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static ProblemException unstorable(TokenStreamContext place) {
        return malformed(
                pointer(place),
                Violation.Code.MALFORMED,
                "U+0000, U+FFFD and lone surrogates can't be stored. Leave them out.");
    }

    private static String pointer(TokenStreamContext place) {
        return place.pathAsPointer().toString();
    }

    /** Tells whether PostgreSQL stores {@code text} unchanged: the text is well-formed, without U+0000 and U+FFFD. */
    public static boolean isStorable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != 0 && c < Character.MIN_SURROGATE) {
                continue;
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (c == 0 || c == REPLACEMENT || Character.isSurrogate(c)) {
                return false;
            }
        }
        return true;
    }

    /** Escapes one reference token of a JSON pointer (RFC 6901, section 3). */
    public static String escape(String key) {
        return key.indexOf('~') < 0 && key.indexOf('/') < 0
                ? key
                : key.replace("~", "~0").replace("/", "~1");
    }

    private static ProblemException malformed(String pointer, Violation.Code code, String detail) {
        return new ProblemException(new Violation(pointer, code, detail));
    }
}
