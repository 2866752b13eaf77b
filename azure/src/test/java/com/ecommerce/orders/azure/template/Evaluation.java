package com.ecommerce.orders.azure.template;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An evaluation of the expressions of one template with one set of parameters. */
final class Evaluation {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final JsonNode template;
    private final Map<String, JsonNode> parameters;
    private final Map<String, JsonNode> variables = new HashMap<>();
    private final Map<String, JsonNode> lambdaVariables = new HashMap<>();
    private final Map<String, JsonNode> deployed = new HashMap<>();
    private int copyIndex = -1;

    Evaluation(JsonNode template, Map<String, JsonNode> parameters) {
        this.template = template;
        this.parameters = parameters;
    }

    /** Sets the result of {@code reference()} for a resource. For other resources {@code reference()} fails, as on Azure. */
    void deployed(String id, JsonNode properties) {
        deployed.put(id, properties);
    }

    void copyIndex(int index) {
        copyIndex = index;
    }

    /** Evaluates every expression in {@code json}, also expressions in names of properties. */
    JsonNode evaluate(JsonNode json) {
        if (json.isString()) {
            String text = json.stringValue();
            return Expression.isExpression(text) ? value(Expression.parse(text)) : json;
        }
        if (json.isArray()) {
            ArrayNode array = NODES.arrayNode();
            json.forEach(element -> array.add(evaluate(element)));
            return array;
        }
        if (json.isObject()) {
            ObjectNode object = NODES.objectNode();
            json.properties()
                    .forEach(entry -> object.set(
                            evaluate(NODES.stringNode(entry.getKey())).stringValue(), evaluate(entry.getValue())));
            return object;
        }
        return json;
    }

    private JsonNode value(Expression expression) {
        if (expression instanceof Expression.Literal literal) {
            return literal.value();
        }
        if (expression instanceof Expression.Element element) {
            JsonNode of = value(element.of());
            JsonNode key = value(element.key());
            return required(key.isNumber() ? of.get(key.intValue()) : of.get(key.stringValue()), element);
        }
        return call((Expression.Call) expression);
    }

    private JsonNode call(Expression.Call call) {
        List<Expression> arguments = call.arguments();
        return switch (call.function()) {
            case "if" -> value(arguments.get(Functions.bool(value(arguments.get(0))) ? 1 : 2));
            case "parameters" -> required(parameters.get(name(arguments)), call);
            case "variables" -> variable(name(arguments));
            case "lambdaVariables" -> required(lambdaVariables.get(name(arguments)), call);
            case "map" -> map(arguments);
            case "toObject" -> toObject(arguments);
            case "reference" -> required(deployed.get(name(arguments)), call);
            case "copyIndex" -> required(copyIndex < 0 ? null : NODES.numberNode(copyIndex), call);
            default ->
                Functions.call(
                        call.function(), arguments.stream().map(this::value).toList());
        };
    }

    private String name(List<Expression> arguments) {
        return value(arguments.get(0)).stringValue();
    }

    private JsonNode variable(String name) {
        JsonNode known = variables.get(name);
        if (known == null) {
            known = evaluate(required(template.path("variables").get(name), name));
            variables.put(name, known);
        }
        return known;
    }

    private JsonNode map(List<Expression> arguments) {
        ArrayNode mapped = NODES.arrayNode();
        value(arguments.get(0)).forEach(element -> mapped.add(apply(arguments.get(1), element)));
        return mapped;
    }

    private JsonNode toObject(List<Expression> arguments) {
        ObjectNode object = NODES.objectNode();
        value(arguments.get(0))
                .forEach(element ->
                        object.set(apply(arguments.get(1), element).stringValue(), apply(arguments.get(2), element)));
        return object;
    }

    private JsonNode apply(Expression lambda, JsonNode argument) {
        List<Expression> parts = ((Expression.Call) lambda).arguments();
        lambdaVariables.put(value(parts.get(0)).stringValue(), argument);
        return value(parts.get(1));
    }

    private static JsonNode required(@Nullable JsonNode value, Object what) {
        if (value == null) {
            throw new IllegalArgumentException("There is no " + what);
        }
        return value;
    }
}
