package com.ecommerce.orders.azure.template;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The template functions whose result depends on their arguments only. A function that is missing here fails the test. */
final class Functions {

    static final String GROUP = "/subscriptions/00000000-1111-2222-3333-444444444444/resourceGroups/orders-test";

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonMapper JSON = new JsonMapper();
    private static final String SUBSCRIPTION = GROUP.replaceFirst("/resourceGroups/.*", "");
    private static final Map<String, Function<List<JsonNode>, JsonNode>> ALL = new HashMap<>();

    static {
        texts();
        collections();
        logic();
        resources();
    }

    private Functions() {}

    static JsonNode call(String name, List<JsonNode> arguments) {
        Function<List<JsonNode>, JsonNode> function = ALL.get(name);
        if (function == null) {
            throw new IllegalArgumentException("No template function " + name);
        }
        return function.apply(arguments);
    }

    private static void texts() {
        ALL.put("toLower", of -> text(of.get(0).stringValue().toLowerCase(Locale.ROOT)));
        ALL.put("replace", of -> text(string(of, 0).replace(string(of, 1), string(of, 2))));
        ALL.put("take", of -> text(string(of, 0).substring(0, of.get(1).intValue())));
        ALL.put("string", of -> of.get(0).isString() ? of.get(0) : text(JSON.writeValueAsString(of.get(0))));
        ALL.put("join", of -> text(strings(of.get(0)).collect(Collectors.joining(string(of, 1)))));
        ALL.put(
                "uniqueString",
                of -> text(name(of).replaceAll("[^a-z2-7]", "")
                        .concat("abcdefghijklm")
                        .substring(0, 13)));
        ALL.put("guid", of -> text(name(of)));
        ALL.put("utcNow", of -> text(string(of, 0).replace("yyyy", "2026").replace("MM", "11")));
    }

    private static void collections() {
        ALL.put(
                "concat",
                of -> of.get(0).isArray()
                        ? joined(of)
                        : text(strings(joinable(of)).collect(Collectors.joining())));
        ALL.put("createArray", of -> NODES.arrayNode().addAll(of));
        ALL.put("createObject", Functions::object);
        ALL.put("union", of -> of.get(0).isArray() ? distinct(joined(of)) : merged(of));
        ALL.put("items", of -> items(of.get(0)));
        ALL.put(
                "length",
                of -> NODES.numberNode(
                        of.get(0).isString()
                                ? string(of, 0).length()
                                : of.get(0).size()));
        ALL.put(
                "empty",
                of -> NODES.booleanNode(
                        of.get(0).isString()
                                ? string(of, 0).isEmpty()
                                : of.get(0).isEmpty()));
    }

    private static void logic() {
        ALL.put("not", of -> NODES.booleanNode(!bool(of.get(0))));
        ALL.put("and", of -> NODES.booleanNode(of.stream().allMatch(Functions::bool)));
        ALL.put(
                "equals",
                of -> NODES.booleanNode(of.get(0).asString().equals(of.get(1).asString())));
        ALL.put(
                "greater",
                of -> NODES.booleanNode(of.get(0).intValue() > of.get(1).intValue()));
        ALL.put(
                "max",
                of -> NODES.numberNode(
                        of.stream().mapToInt(JsonNode::intValue).max().orElseThrow()));
    }

    private static void resources() {
        ALL.put("resourceId", of -> text(GROUP + providers(of)));
        ALL.put("extensionResourceId", of -> text(string(of, 0) + providers(of.subList(1, of.size()))));
        ALL.put("subscriptionResourceId", of -> text(SUBSCRIPTION + providers(of)));
        ALL.put("resourceGroup", of -> json("{'id':'" + GROUP + "','location':'westeurope'}"));
        ALL.put(
                "subscription",
                of -> json("{'id':'" + SUBSCRIPTION + "','tenantId':'99999999-8888-7777-6666-555555555555'}"));
        ALL.put(
                "environment",
                of -> json("{'authentication':{'loginEndpoint':'https://login.microsoftonline.com/'},"
                        + "'suffixes':{'keyvaultDns':'.vault.azure.net'}}"));
    }

    /** Returns {@code /providers/} and a type. Each segment of the type after the first one is followed by a name. */
    private static String providers(List<JsonNode> of) {
        String[] types = string(of, 0).split("/");
        if (types.length != of.size()) {
            throw new IllegalArgumentException("A resource id needs a name for each type: " + of);
        }
        return "/providers/" + types[0]
                + IntStream.range(1, types.length)
                        .mapToObj(i -> "/" + types[i] + "/" + string(of, i))
                        .collect(Collectors.joining());
    }

    private static JsonNode object(List<JsonNode> of) {
        ObjectNode object = NODES.objectNode();
        for (int i = 0; i < of.size(); i += 2) {
            object.set(string(of, i), of.get(i + 1));
        }
        return object;
    }

    private static ArrayNode joined(List<JsonNode> of) {
        ArrayNode joined = NODES.arrayNode();
        of.forEach(array -> joined.addAll(new ArrayList<>(array.valueStream().toList())));
        return joined;
    }

    private static JsonNode distinct(ArrayNode array) {
        return NODES.arrayNode().addAll(array.valueStream().distinct().toList());
    }

    private static JsonNode merged(List<JsonNode> of) {
        ObjectNode merged = NODES.objectNode();
        of.forEach(object -> object.properties().forEach(entry -> merged.set(entry.getKey(), entry.getValue())));
        return merged;
    }

    /** Returns the properties of an object, sorted by name as Resource Manager does. */
    private static JsonNode items(JsonNode object) {
        ArrayNode items = NODES.arrayNode();
        object.properties().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> items.addObject().put("key", entry.getKey()).set("value", entry.getValue()));
        return items;
    }

    private static ArrayNode joinable(List<JsonNode> of) {
        of.forEach(value -> {
            if (!value.isString() && !value.isNumber()) {
                throw new IllegalArgumentException("concat takes no " + value.getNodeType() + ": " + of);
            }
        });
        return NODES.arrayNode().addAll(of);
    }

    private static Stream<String> strings(JsonNode array) {
        return array.valueStream().map(JsonNode::asString);
    }

    private static String string(List<JsonNode> of, int index) {
        return of.get(index).stringValue();
    }

    static boolean bool(JsonNode value) {
        if (!value.isBoolean()) {
            throw new IllegalArgumentException("Not true or false: " + value);
        }
        return value.booleanValue();
    }

    private static String name(List<JsonNode> of) {
        return UUID.nameUUIDFromBytes(of.toString().getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    private static JsonNode text(String text) {
        return NODES.stringNode(text);
    }

    static JsonNode json(String quotedBySingles) {
        return JSON.readTree(quotedBySingles.replace('\'', '"'));
    }
}
