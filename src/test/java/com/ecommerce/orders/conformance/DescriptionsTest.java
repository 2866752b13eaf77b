package com.ecommerce.orders.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every part of {@code openapi.yaml} has a description. */
class DescriptionsTest {

    private static final JsonNode DOCUMENT = read();

    @Test
    void everySchemaHasADescription() {
        assertThat(DOCUMENT.at("/components/schemas").properties())
                .filteredOn(schema -> !isDescribed(schema.getValue()))
                .extracting(Map.Entry::getKey)
                .isEmpty();
    }

    @Test
    void everyPropertyHasADescriptionOrIsOfASchemaThatHasOne() {
        List<String> bare = new ArrayList<>();
        DOCUMENT.at("/components/schemas")
                .properties()
                .forEach(schema -> collectBare(schema.getKey(), schema.getValue(), bare));

        assertThat(bare).isEmpty();
    }

    @Test
    void everyOperationParameterHeaderAndResponseHasADescription() {
        List<String> bare = new ArrayList<>();
        for (String part : List.of("parameters", "headers", "responses")) {
            DOCUMENT.path("components").path(part).properties().forEach(each -> {
                if (!isDescribed(each.getValue())) {
                    bare.add(part + "/" + each.getKey());
                }
            });
        }
        DOCUMENT.path("paths").properties().forEach(path -> path.getValue().properties().stream()
                .filter(method -> method.getValue().has("operationId"))
                .filter(method -> !isDescribed(method.getValue()))
                .forEach(method -> bare.add(method.getKey() + " " + path.getKey())));

        assertThat(bare).isEmpty();
    }

    @Test
    void theListOfProblemCodesLinksToThePageOfEachCode() {
        JsonNode codes = DOCUMENT.at("/components/schemas/ProblemCode");

        assertThat(codes.path("x-extensible-enum").valueStream().map(code -> link(code.asString())))
                .hasSizeGreaterThan(20)
                .allMatch(link -> codes.path("description").asString().contains(link));
    }

    private static String link(String code) {
        return "[" + code + "](/problems/" + code.toLowerCase(Locale.ROOT).replace('_', '-') + ")";
    }

    private static void collectBare(String name, JsonNode schema, List<String> bare) {
        schema.path("properties").properties().forEach(property -> {
            String path = name + "." + property.getKey();
            if (!isDescribed(target(property.getValue()))) {
                bare.add(path);
            }
            collectBare(path, property.getValue(), bare);
        });
        if (schema.has("items")) {
            collectBare(name + "[]", schema.get("items"), bare);
        }
    }

    private static boolean isDescribed(JsonNode node) {
        return !node.path("description").asString("").isBlank();
    }

    private static JsonNode target(JsonNode schema) {
        String reference = schema.path("$ref").asString("");
        return reference.isEmpty() ? schema : DOCUMENT.at(reference.substring(1));
    }

    private static JsonNode read() {
        try (InputStream yaml = DescriptionsTest.class.getResourceAsStream("/openapi.yaml")) {
            Map<String, Object> document = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
            return JsonMapper.shared().valueToTree(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
