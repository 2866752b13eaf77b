package com.ecommerce.orders.conformance;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Checks events against {@code asyncapi.yaml}. The schema of a message also refers to {@code openapi.yaml}. */
final class AsyncApi {

    private static final String FOLDER = "https://contract.example/";
    private static final Map<String, Schema> PAYLOADS = payloads();

    private AsyncApi() {}

    /** Returns the differences between the event and the message of its type; empty if there are none. */
    static List<String> violations(JsonNode event) {
        String type = event.path("type").asString("");
        Schema payload = PAYLOADS.get(type);
        if (payload == null) {
            return List.of("asyncapi: there is no message with the name '" + type + "'");
        }
        return payload.validate(event).stream()
                .map(error -> "asyncapi: " + type + ": " + error)
                .toList();
    }

    private static Map<String, Schema> payloads() {
        ObjectNode document = read("/asyncapi.yaml");
        String openApi = closed(read("/openapi.yaml")).toString();
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_7, builder -> builder.schemas(Map.of(FOLDER + "openapi.yaml", openApi)));
        Map<String, Schema> payloads = new HashMap<>();
        document.at("/components/messages").properties().forEach(message -> {
            ObjectNode schema = (ObjectNode) message.getValue().get("payload").deepCopy();
            schema.set("components", document.get("components"));
            SchemaLocation location = SchemaLocation.of(FOLDER + message.getKey());
            payloads.put(message.getValue().path("name").asString(), registry.getSchema(location, schema));
        });
        return payloads;
    }

    /** Clients must expect more members. The API of the same version sends only the members in the document. */
    private static ObjectNode closed(ObjectNode openApi) {
        for (String name : List.of("Event", "EventData")) {
            ((ObjectNode) openApi.at("/components/schemas/" + name)).put("additionalProperties", false);
        }
        return openApi;
    }

    private static ObjectNode read(String name) {
        try (InputStream yaml = AsyncApi.class.getResourceAsStream(name)) {
            Map<String, Object> document = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
            return JsonMapper.shared().valueToTree(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
