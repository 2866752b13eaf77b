package com.ecommerce.orders.azure.template;

import com.github.fge.jackson.JsonLoader;
import com.github.fge.jsonschema.core.exceptions.ProcessingException;
import com.github.fge.jsonschema.core.report.ProcessingReport;
import com.github.fge.jsonschema.main.JsonSchemaFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import tools.jackson.databind.JsonNode;

/** The rules of Azure's resource providers for the types of resources in the templates. */
final class ResourceRules {

    private static final com.fasterxml.jackson.databind.JsonNode RULES = load("azure/src/test/resource-rules.json");
    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.byDefault();

    private ResourceRules() {}

    /** Returns the violations of an evaluated resource, or an empty text. */
    static String violations(JsonNode resource) {
        String key = resource.path("type").stringValue() + "@"
                + resource.path("apiVersion").stringValue();
        try {
            if (!RULES.path("definitions").has(key)) {
                return "There are no rules for " + key;
            }
            ProcessingReport report = FACTORY.getJsonSchema(RULES, "/definitions/" + key.replace("/", "~1"))
                    .validate(JsonLoader.fromString(resource.toString()), true);
            return report.isSuccess() ? "" : key + " " + report;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static com.fasterxml.jackson.databind.JsonNode load(String file) {
        try {
            return JsonLoader.fromPath(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
