package com.ecommerce.orders.json;

import java.util.TreeSet;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;

/**
 * A writer of canonical JSON (RFC 8785): equal values always have the same bytes. Keys are in the order of UTF-16 code
 * units, escapes are in lower case, and there is no white space.
 */
public final class CanonicalJson {

    private static final JsonFactory FACTORY =
            JsonFactory.builder().disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE).build();

    private CanonicalJson() {}

    /** Writes {@code tree} in UTF-8. Only integers are written as the RFC demands. */
    public static byte[] write(JsonNode tree) {
        return Json.write(FACTORY, tree, CanonicalJson::write);
    }

    private static void write(JsonGenerator json, JsonNode node) {
        switch (node.getNodeType()) {
            case OBJECT -> writeObject(json, node);
            case ARRAY -> writeArray(json, node);
            case STRING -> json.writeString(node.stringValue());
            case NUMBER -> writeNumber(json, node);
            case BOOLEAN -> json.writeBoolean(node.booleanValue());
            default -> json.writeNull();
        }
    }

    private static void writeObject(JsonGenerator json, JsonNode object) {
        json.writeStartObject();
        for (String name : new TreeSet<>(object.propertyNames())) {
            json.writeName(name);
            write(json, object.get(name));
        }
        json.writeEndObject();
    }

    private static void writeArray(JsonGenerator json, JsonNode array) {
        json.writeStartArray();
        for (JsonNode entry : array) {
            write(json, entry);
        }
        json.writeEndArray();
    }

    private static void writeNumber(JsonGenerator json, JsonNode number) {
        if (number.isIntegralNumber() && number.canConvertToLong()) {
            json.writeNumber(number.longValue());
        } else if (number.isIntegralNumber()) {
            json.writeNumber(number.bigIntegerValue());
        } else {
            json.writeNumber(number.decimalValue());
        }
    }
}
