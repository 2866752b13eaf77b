package com.ecommerce.orders.conformance;

import com.ecommerce.orders.testkit.ExactJson;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/** The body that a case sends. */
public sealed interface Content {

    byte[] bytes(Variables variables);

    /** A JSON value. Only this content has a content type by default. */
    record Json(JsonNode value) implements Content {
        @Override
        public byte[] bytes(Variables variables) {
            return ExactJson.write(variables.in(value));
        }
    }

    /** Any text. */
    record Text(String text) implements Content {
        @Override
        public byte[] bytes(Variables variables) {
            return variables.in(text).getBytes(StandardCharsets.UTF_8);
        }
    }

    /** Bytes that may not be text. */
    record Raw(byte[] bytes) implements Content {
        @Override
        public byte[] bytes(Variables variables) {
            return bytes;
        }
    }

    /** A text that is too long for the file of the case. */
    record Repeated(String before, String unit, int times, String after) implements Content {
        @Override
        public byte[] bytes(Variables variables) {
            return (variables.in(before) + variables.in(unit).repeat(times) + variables.in(after))
                    .getBytes(StandardCharsets.UTF_8);
        }
    }
}
