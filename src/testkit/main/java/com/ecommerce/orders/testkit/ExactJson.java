package com.ecommerce.orders.testkit;

import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The suite's JSON reader. It rejects duplicate names and text behind the value, and keeps numbers as they are written.
 */
public final class ExactJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private ExactJson() {}

    public static JsonNode read(byte[] json) {
        return MAPPER.readTree(json);
    }

    public static byte[] write(JsonNode json) {
        return MAPPER.writeValueAsBytes(json);
    }

    public static String pretty(JsonNode json) {
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json);
    }
}
