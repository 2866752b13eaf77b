package com.ecommerce.orders.conformance;

import com.ecommerce.orders.json.StrictJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Derives bodies from a schema of the contract: one valid body with every property, and many bodies that each break one
 * rule.
 */
final class BadBodies {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<String> NOT_OF_A_PATTERN = List.of("?", " ", "usd");
    private static final String UNKNOWN = "un/kno~wn";

    private final JsonNode contract;
    private final JsonNode whole;
    private final List<BadBody> found = new ArrayList<>();

    /** @param pointers the response must name one of these */
    record BadBody(String name, List<String> pointers, String json) {}

    private BadBodies(JsonNode contract, JsonNode schema) {
        this.contract = contract;
        this.whole = sample(schema);
    }

    /** Returns a valid body with every property of the schema. */
    static ObjectNode good(JsonNode contract, JsonNode schema) {
        return (ObjectNode) new BadBodies(contract, schema).whole;
    }

    /** Returns all bodies with one fault. */
    static List<BadBody> of(JsonNode contract, JsonNode schema) {
        BadBodies bodies = new BadBodies(contract, schema);
        bodies.breakValue(schema, List.of(), List.of());
        return bodies.found;
    }

    /** Returns the schema behind a reference, or the schema itself. */
    static JsonNode resolved(JsonNode contract, JsonNode schema) {
        return schema.has("$ref")
                ? contract.at(schema.path("$ref").stringValue().substring(1))
                : schema;
    }

    private JsonNode sample(JsonNode reference) {
        JsonNode schema = resolved(contract, reference);
        return switch (type(schema)) {
            case "object" -> sampleObject(schema);
            case "array" -> {
                ArrayNode array = NODES.arrayNode();
                alternatives(schema.path("items")).forEach(item -> array.add(sample(item)));
                yield array;
            }
            case "integer" -> NODES.numberNode(schema.path("minimum").longValue(0) + 1);
            case "boolean" -> NODES.booleanNode(true);
            default -> schema.has("example") ? schema.get("example") : NODES.stringNode("x");
        };
    }

    private ObjectNode sampleObject(JsonNode schema) {
        ObjectNode object = NODES.objectNode();
        schema.path("properties")
                .properties()
                .forEach(property -> object.set(property.getKey(), sample(property.getValue())));
        if (schema.path("additionalProperties").isObject()) {
            object.set("a", sample(schema.path("additionalProperties")));
        }
        return object;
    }

    private List<JsonNode> alternatives(JsonNode reference) {
        JsonNode schema = resolved(contract, reference);
        return schema.has("oneOf") ? schema.path("oneOf").valueStream().toList() : List.of(reference);
    }

    private static String type(JsonNode schema) {
        return schema.path("type").stringValue("string");
    }

    /** @param others other pointers that a response may name: a missing alternative is a fault of the whole object */
    private void breakValue(JsonNode reference, List<String> path, List<String> others) {
        JsonNode schema = resolved(contract, reference);
        ofAnotherType(type(schema)).forEach(value -> add("is " + value, path, others, value));
        if (!schema.path("nullable").booleanValue(false)) {
            add("is null", path, others, NODES.nullNode());
        }
        switch (type(schema)) {
            case "object" -> breakObject(schema, path);
            case "array" -> breakArray(schema, path);
            case "integer" -> breakInteger(schema, path);
            case "boolean" -> {
                // A value of another type is the only fault.
            }
            default -> breakString(schema, path);
        }
    }

    private static List<JsonNode> ofAnotherType(String type) {
        List<JsonNode> values = new ArrayList<>(List.of(NODES.numberNode(1.5)));
        if (!type.equals("boolean")) {
            values.add(NODES.booleanNode(true));
        }
        if (!type.equals("string")) {
            values.add(NODES.stringNode("1"));
        }
        if (!type.equals("integer")) {
            values.add(NODES.numberNode(1));
        }
        if (!type.equals("object")) {
            values.add(NODES.objectNode());
        }
        if (!type.equals("array")) {
            values.add(NODES.arrayNode());
        }
        return values;
    }

    private void breakObject(JsonNode schema, List<String> path) {
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            List<String> at = below(path, property.getKey());
            boolean required = schema.path("required").valueStream().anyMatch(name -> name.stringValue()
                    .equals(property.getKey()));
            List<String> others = required ? List.of(pointer(path)) : List.of();
            breakValue(property.getValue(), at, others);
            if (required) {
                add("is missing", at, others, null);
            }
        }
        JsonNode more = schema.path("additionalProperties");
        if (more.isObject()) {
            breakValue(more, below(path, "a"), List.of());
        } else if (!more.booleanValue(true)) {
            add("is unknown", below(path, UNKNOWN), List.of(), NODES.numberNode(1));
        }
        if (schema.has("maxProperties")) {
            ObjectNode many = NODES.objectNode();
            IntStream.rangeClosed(0, schema.path("maxProperties").intValue()).forEach(i -> many.put("k" + i, "x"));
            add("has too many properties", path, List.of(), many);
        }
    }

    private void breakArray(JsonNode schema, List<String> path) {
        List<JsonNode> items = alternatives(schema.path("items"));
        for (int i = 0; i < items.size(); i++) {
            breakValue(items.get(i), below(path, Integer.toString(i)), List.of());
        }
        if (schema.path("minItems").intValue(0) > 0) {
            add("is empty", path, List.of(), NODES.arrayNode());
        }
        ArrayNode many = NODES.arrayNode();
        IntStream.rangeClosed(0, schema.path("maxItems").intValue()).forEach(i -> many.add(sample(items.get(0))));
        add("has too many entries", path, List.of(), many);
    }

    private void breakInteger(JsonNode schema, List<String> path) {
        add(
                "is too small",
                path,
                List.of(),
                NODES.numberNode(schema.path("minimum").longValue() - 1));
        add(
                "is too large",
                path,
                List.of(),
                NODES.numberNode(schema.path("maximum").longValue() + 1));
    }

    private void breakString(JsonNode schema, List<String> path) {
        if (schema.has("maxLength")) {
            add(
                    "is too long",
                    path,
                    List.of(),
                    NODES.stringNode("x".repeat(schema.path("maxLength").intValue() + 1)));
        }
        if (schema.path("minLength").intValue(0) > 0) {
            add("is empty", path, List.of(), NODES.stringNode(""));
        }
        if (schema.has("enum")) {
            add("is not in the list", path, List.of(), NODES.stringNode("NO_SUCH_VALUE"));
        }
        if (schema.has("format")) {
            String format = schema.path("format").stringValue();
            add("is no " + format, path, List.of(), NODES.stringNode("2026-11-23"));
        }
        if (schema.has("pattern")) {
            String pattern = schema.path("pattern").stringValue();
            NOT_OF_A_PATTERN.stream()
                    .filter(text -> !Pattern.compile(pattern).matcher(text).find())
                    .forEach(text -> add("is '" + text + "'", path, List.of(), NODES.stringNode(text)));
        }
    }

    /** @param value the new value, null to remove the member */
    private void add(String what, List<String> path, List<String> others, @Nullable JsonNode value) {
        List<String> pointers = new ArrayList<>(others);
        pointers.add(pointer(path));
        found.add(new BadBody(
                pointer(path) + " " + what, pointers, with(path, value).toString()));
    }

    private JsonNode with(List<String> path, @Nullable JsonNode value) {
        if (path.isEmpty()) {
            return Objects.requireNonNull(value);
        }
        JsonNode changed = whole.deepCopy();
        JsonNode parent = changed.at(pointer(path.subList(0, path.size() - 1)));
        String last = path.get(path.size() - 1);
        if (parent instanceof ArrayNode array) {
            array.set(Integer.parseInt(last), value);
        } else if (value == null) {
            ((ObjectNode) parent).remove(last);
        } else {
            ((ObjectNode) parent).set(last, value);
        }
        return changed;
    }

    private static List<String> below(List<String> path, String name) {
        List<String> longer = new ArrayList<>(path);
        longer.add(name);
        return longer;
    }

    private static String pointer(List<String> path) {
        StringBuilder pointer = new StringBuilder();
        path.forEach(token -> pointer.append('/').append(StrictJson.escape(token)));
        return pointer.toString();
    }

    /** Returns the contract as a tree. */
    static JsonNode read(Map<?, ?> yaml) {
        return JsonMapper.shared().valueToTree(yaml);
    }
}
