package com.ecommerce.orders.testkit;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A response as it came over the network.
 *
 *
 * @param headers all values by name, in any case
 */
public record WireResponse(int status, Map<String, List<String>> headers, byte[] body) {

    public WireResponse {
        Map<String, List<String>> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        byName.putAll(headers);
        headers = Collections.unmodifiableMap(byName);
    }

    /**
     * Returns the header's value. If the header came more than once, returns all values, so that a repetition is
     * noticed.
     */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name)).map(values -> String.join(", ", values));
    }

    /** Returns the body as text. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Returns the value of {@code body:/pointer}, {@code header:Name} or {@code raw}; null if there is none. */
    public @Nullable String captured(String source) {
        if (source.equals("raw")) {
            return text();
        }
        if (source.startsWith("header:")) {
            return header(source.substring("header:".length())).orElse(null);
        }
        if (source.startsWith("body:")) {
            return capturedFromBody(source.substring("body:".length()));
        }
        throw new IllegalArgumentException("Nothing to capture: " + source);
    }

    private @Nullable String capturedFromBody(String pointer) {
        try {
            JsonNode value = ExactJson.read(body).at(pointer);
            return value.isValueNode() && !value.isNull() ? value.asString() : null;
        } catch (JacksonException e) {
            return null;
        }
    }
}
