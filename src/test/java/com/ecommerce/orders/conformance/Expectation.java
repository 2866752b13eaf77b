package com.ecommerce.orders.conformance;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a step's answer must be.
 *
 * @param times how often it must come
 * @param headers values or matchers, by name
 * @param body what the body must hold, null for anything
 * @param raw the exact text of the body, null for anything
 * @param empty whether there must be no body
 * @param source as it is written in the case, for messages
 */
public record Expectation(
        Times times,
        int status,
        Map<String, JsonNode> headers,
        @Nullable JsonNode body,
        @Nullable String raw,
        boolean empty,
        JsonNode source) {

    /** How often an answer must come: {@code n}, or at least {@code n}. */
    record Times(int least, boolean orMore) {

        static final Times ONCE = new Times(1, false);

        boolean mayExceed(int count) {
            return orMore || count < least;
        }
    }
}
