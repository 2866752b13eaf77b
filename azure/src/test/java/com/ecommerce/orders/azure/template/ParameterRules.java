package com.ecommerce.orders.azure.template;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** The checks of parameters that Azure Resource Manager does before it deploys anything. */
final class ParameterRules {

    private static final Map<String, Predicate<JsonNode>> TYPES = Map.of(
            "string", JsonNode::isString,
            "int", JsonNode::isInt,
            "bool", JsonNode::isBoolean,
            "array", JsonNode::isArray,
            "object", JsonNode::isObject,
            "secureObject", JsonNode::isObject);

    private ParameterRules() {}

    /** Returns all parameters, with defaults for the missing ones. */
    static Map<String, JsonNode> check(JsonNode declarations, Map<String, JsonNode> given) {
        given.keySet().forEach(name -> refuseIf(!declarations.has(name), "The template has no parameter " + name));
        Map<String, JsonNode> all = new HashMap<>();
        declarations.properties().forEach(entry -> {
            String name = entry.getKey();
            JsonNode declaration = entry.getValue();
            JsonNode value = given.containsKey(name)
                    ? given.get(name)
                    : new Evaluation(declarations, Map.of()).evaluate(declaration.path("defaultValue"));
            refuseIf(value.isMissingNode(), "The parameter " + name + " is missing");
            check(name, declaration, value);
            all.put(name, value);
        });
        return all;
    }

    private static void check(String name, JsonNode declaration, JsonNode value) {
        Predicate<JsonNode> type = TYPES.get(declaration.path("type").stringValue());
        refuseIf(type == null || !type.test(value), "The parameter " + name + " has another type: " + value);
        JsonNode allowed = declaration.path("allowedValues");
        refuseIf(
                !allowed.isMissingNode() && allowed.valueStream().noneMatch(value::equals),
                "The parameter " + name + " must be one of " + allowed + ", not " + value);
        int measured = value.isInt()
                ? value.intValue()
                : value.isString() ? value.stringValue().length() : value.size();
        String unit = value.isInt() ? "Value" : "Length";
        refuseIf(
                measured < declaration.path("min" + unit).asInt(0)
                        || measured > declaration.path("max" + unit).asInt(Integer.MAX_VALUE),
                "The parameter " + name + " is out of its bounds: " + value);
    }

    private static void refuseIf(boolean wrong, String message) {
        if (wrong) {
            throw new IllegalArgumentException(message);
        }
    }
}
