package com.ecommerce.orders.conformance;

import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/** What a case sends as a body. */
public sealed interface Content {

    byte[] bytes(Variables variables);

    /** A JSON value; the only content that has a content type without naming one. */
    record Json(JsonNode value) implements Content {
        @Override
        public byte[] bytes(Variables variables) {
            return CaseJson.write(variables.in(value));
        }
    }

    /** Text, whatever it is. */
    record Text(String text) implements Content {
        @Override
        public byte[] bytes(Variables variables) {
            return variables.in(text).getBytes(StandardCharsets.UTF_8);
        }
    }

    /** Bytes that may be no text. */
    record Raw(byte[] bytes) implements Content {
        @Override
        public byte[] bytes(Variables variables) {
            return bytes;
        }
    }

    /** Text that is too long to be written down. */
    record Repeated(String before, String unit, int times, String after) implements Content {
        @Override
        public byte[] bytes(Variables variables) {
            return (variables.in(before) + variables.in(unit).repeat(times) + variables.in(after))
                    .getBytes(StandardCharsets.UTF_8);
        }
    }
}
