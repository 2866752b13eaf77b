package com.ecommerce.orders.conformance;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The expected response of a step.
 *
 *
 * @param times how often the response must come
 * @param headers values or matchers, by name
 * @param body the expected body, null for any body
 * @param raw the exact text of the body, null for any text
 * @param empty whether there must be no body
 * @param source the text of the expectation in the case, for messages
 */
public record Expectation(
        Times times,
        int status,
        Map<String, JsonNode> headers,
        @Nullable JsonNode body,
        @Nullable String raw,
        boolean empty,
        JsonNode source) {

    /** Tells how often a response must come: exactly {@code n} times, or at least {@code n} times. */
    record Times(int least, boolean orMore) {

        static final Times ONCE = new Times(1, false);

        boolean mayExceed(int count) {
            return orMore || count < least;
        }
    }
}
