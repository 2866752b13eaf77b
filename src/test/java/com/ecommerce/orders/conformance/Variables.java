package com.ecommerce.orders.conformance;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The variables of one run of one case: the tenant, a unique text, the time of the start, and the captured values. */
public final class Variables {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([A-Za-z][A-Za-z0-9]*)(\\^\\^)?}");
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Map<String, String> values = new ConcurrentHashMap<>();

    /** Creates the variables of a new run. */
    public static Variables fresh() {
        Variables variables = new Variables();
        String unique = UUID.randomUUID().toString();
        variables.set("unique", unique);
        variables.set("tenant", "t-" + unique);
        variables.set("now", Instant.now().truncatedTo(ChronoUnit.MICROS).toString());
        return variables;
    }

    /** Sets a variable. */
    public void set(String name, String value) {
        values.put(name, value);
    }

    /** Replaces the variables in a text. As in Bash, {@code ${name^^}} is the value in upper case. */
    public String in(String template) {
        Matcher reference = REFERENCE.matcher(template);
        return reference.replaceAll(found -> {
            String value = value(found.group(1));
            return Matcher.quoteReplacement(found.group(2) == null ? value : value.toUpperCase(Locale.ROOT));
        });
    }

    /** Returns the same tree with the variables replaced, also in names of members. */
    JsonNode in(JsonNode template) {
        if (template.isString()) {
            return NODES.stringNode(in(template.stringValue()));
        }
        if (template.isObject()) {
            ObjectNode object = NODES.objectNode();
            template.properties().forEach(member -> object.set(in(member.getKey()), in(member.getValue())));
            return object;
        }
        if (template.isArray()) {
            ArrayNode array = NODES.arrayNode();
            template.forEach(element -> array.add(in(element)));
            return array;
        }
        return template;
    }

    private String value(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new AssertionError("The variable " + name + " has no value");
        }
        return value;
    }
}
