package com.ecommerce.orders.aws;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * The content of a CloudFormation template. A function such as {@code !Ref Api} is the map {@code {Ref: Api}}.
 *
 * @param content the whole template
 */
@NullUnmarked
record CloudFormationTemplate(Map<String, Object> content) {

    static CloudFormationTemplate read(String file) throws IOException {
        return new CloudFormationTemplate(parse(Files.readString(Path.of(file))));
    }

    /** Parses YAML with the functions of CloudFormation. */
    static Map<String, Object> parse(String yaml) {
        return new Yaml(new Functions()).load(yaml);
    }

    Map<String, Object> parameters() {
        return map(content, "Parameters");
    }

    Map<String, Object> resources() {
        return map(content, "Resources");
    }

    /** Returns the properties of a resource. */
    Map<String, Object> properties(String resource) {
        return map(map(resources(), resource), "Properties");
    }

    /** Returns the value below the keys, or {@code null}. */
    Object get(String... keys) {
        Object value = content;
        for (String key : keys) {
            value = value instanceof Map<?, ?> map ? map.get(key) : null;
        }
        return value;
    }

    /** Returns the names of the resources of a type. */
    List<String> namesOf(String type) {
        return resources().keySet().stream()
                .filter(name -> type.equals(map(resources(), name).get("Type")))
                .toList();
    }

    /** Returns the statements of a policy, also those that depend on a condition. */
    List<Map<String, Object>> statementsOf(String policy) {
        return maps(get("Resources", policy, "Properties", "PolicyDocument", "Statement")).stream()
                .map(statement -> statement.get("Fn::If") instanceof List<?> choice
                        ? maps(choice.subList(1, 2)).get(0)
                        : statement)
                .toList();
    }

    /** Returns every resource that a value names, directly or in a text. */
    static List<String> references(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .flatMap(entry -> switch (String.valueOf(entry.getKey())) {
                        case "Ref" -> Stream.of(String.valueOf(entry.getValue()));
                        case "Fn::GetAtt" ->
                            Stream.of(String.valueOf(entry.getValue()).split("\\.")[0]);
                        default -> references(entry.getValue()).stream();
                    })
                    .toList();
        }
        if (value instanceof List<?> list) {
            return list.stream().flatMap(item -> references(item).stream()).toList();
        }
        return List.of();
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Map<String, Object> map, String key) {
        return (Map<String, Object>) Objects.requireNonNull(map.get(key), key);
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> maps(Object list) {
        return (List<Map<String, Object>>) list;
    }

    private static final class Functions extends SafeConstructor {

        Functions() {
            super(new LoaderOptions());
            yamlMultiConstructors.put("!", new AbstractConstruct() {
                @Override
                public Object construct(Node node) {
                    String name = node.getTag().getValue().substring(1);
                    boolean plain = name.equals("Ref") || name.equals("Condition");
                    return Map.of(plain ? name : "Fn::" + name, argument(node));
                }
            });
        }

        private Object argument(Node node) {
            if (node instanceof SequenceNode sequence) {
                return constructSequence(sequence);
            }
            return node instanceof MappingNode mapping ? constructMapping(mapping) : constructScalar((ScalarNode) node);
        }
    }
}
