package com.ecommerce.orders.azure.template;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The resources that Azure Resource Manager would deploy for one template and one set of parameters. */
public final class Deployment {

    private static final JsonMapper JSON = new JsonMapper();

    private final JsonNode template;
    private final Evaluation evaluation;
    private final List<JsonNode> resources = new ArrayList<>();
    private final Set<String> declared = new TreeSet<>();

    private Deployment(JsonNode template, Map<String, JsonNode> parameters) {
        this.template = template;
        this.evaluation = new Evaluation(template, parameters);
        declare();
        template.path("resources").forEach(this::deploy);
    }

    /**
     * Evaluates the template.
     *
     * @param files parameter files and single parameters ({@code name=json}), as for {@code --parameters}; the last one wins
     * @throws IllegalArgumentException if a parameter is missing, unknown or not allowed, or an expression fails
     */
    public static Deployment of(Path template, String... files) {
        JsonNode json = JSON.readTree(template);
        Map<String, JsonNode> given = new LinkedHashMap<>();
        for (String file : files) {
            if (file.startsWith("@")) {
                JSON.readTree(Path.of(file.substring(1)))
                        .path("parameters")
                        .properties()
                        .forEach(entry ->
                                given.put(entry.getKey(), entry.getValue().path("value")));
            } else {
                String[] pair = file.split("=", 2);
                given.put(pair[0], JSON.readTree(pair[1]));
            }
        }
        return new Deployment(json, ParameterRules.check(json.path("parameters"), given));
    }

    /** Returns the resources whose condition is true. */
    public List<JsonNode> resources() {
        return resources;
    }

    /** Returns the resources of one type. */
    public List<JsonNode> resources(String type) {
        return resources.stream()
                .filter(resource -> resource.path("type").stringValue().equals(type))
                .toList();
    }

    /** Returns the only resource of one type. */
    public JsonNode resource(String type) {
        List<JsonNode> found = resources(type);
        if (found.size() != 1) {
            throw new IllegalStateException("Not one, but " + found.size() + " of " + type);
        }
        return found.get(0);
    }

    /** Returns the value of an output. */
    public JsonNode output(String name) {
        return evaluation.evaluate(template.path("outputs").path(name).path("value"));
    }

    /** Returns the targets of {@code dependsOn} that the template does not declare. */
    public Set<String> danglingDependencies() {
        Set<String> dangling = new TreeSet<>();
        resources.forEach(resource -> resource.path("dependsOn").forEach(target -> dangling.add(target.stringValue())));
        dangling.removeAll(declared);
        return dangling;
    }

    private static String id(JsonNode resource) {
        String[] types = resource.path("type").stringValue().split("/");
        String[] names = resource.path("name").stringValue().split("/");
        StringBuilder id = new StringBuilder(Functions.GROUP);
        if (resource.has("scope")) {
            id.append("/providers/").append(resource.path("scope").stringValue());
        }
        id.append("/providers/").append(types[0]);
        IntStream.range(1, types.length)
                .forEach(i -> id.append('/').append(types[i]).append('/').append(names[i - 1]));
        return id.toString();
    }

    /** Declares all resources first, because a dependency may point to a resource whose condition is false. */
    private void declare() {
        for (JsonNode resource : template.path("resources")) {
            if (resource.has("copy")) {
                declared.add(resource.path("copy").path("name").stringValue());
            } else {
                ObjectNode named = ((ObjectNode) resource.deepCopy()).retain("type", "name", "scope", "condition");
                ObjectNode evaluated = (ObjectNode) evaluation.evaluate(named);
                declared.add(id(evaluated));
                if (isDeployed(evaluated)) {
                    evaluation.deployed(id(evaluated), StandIns.properties(evaluated));
                }
            }
        }
    }

    private void deploy(JsonNode resource) {
        JsonNode copy = resource.path("copy");
        if (copy.isMissingNode()) {
            add(resource);
            return;
        }
        int count = evaluation.evaluate(copy.path("count")).intValue();
        for (int index = 0; index < count; index++) {
            evaluation.copyIndex(index);
            add(((ObjectNode) resource.deepCopy()).without("copy"));
        }
        evaluation.copyIndex(-1);
    }

    private void add(JsonNode resource) {
        ObjectNode condition = ((ObjectNode) resource.deepCopy()).retain("condition");
        if (isDeployed(evaluation.evaluate(condition))) {
            resources.add(evaluation.evaluate(((ObjectNode) resource.deepCopy()).without("condition")));
        }
    }

    private static boolean isDeployed(JsonNode evaluated) {
        return !evaluated.has("condition") || Functions.bool(evaluated.path("condition"));
    }
}
