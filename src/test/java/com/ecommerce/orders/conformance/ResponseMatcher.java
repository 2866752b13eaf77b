package com.ecommerce.orders.conformance;

import com.ecommerce.orders.testkit.ExactJson;
import com.ecommerce.orders.testkit.WireResponse;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Compares a response with the expectation of a case. */
final class ResponseMatcher {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private ResponseMatcher() {}

    /** Returns the mismatches of the response; empty if the response matches. */
    static List<String> mismatches(Expectation expected, WireResponse response, Variables variables) {
        List<String> mismatches = new ArrayList<>();
        if (response.status() != expected.status()) {
            mismatches.add("status: expected " + expected.status() + " but was " + response.status());
        }
        expected.headers().forEach((name, value) -> BodyMatcher.mismatches(variables.in(value), header(response, name))
                .forEach(mismatch -> mismatches.add("header " + name + ": " + mismatch)));
        if (expected.empty() && response.body().length > 0) {
            mismatches.add("body: expected none but was " + response.body().length + " bytes");
        }
        if (expected.raw() != null && !variables.in(expected.raw()).equals(response.text())) {
            mismatches.add("body: expected exactly " + variables.in(expected.raw()));
        }
        if (expected.body() != null) {
            mismatches.addAll(bodyMismatches(variables.in(expected.body()), response));
        }
        return mismatches;
    }

    private static List<String> bodyMismatches(JsonNode expected, WireResponse response) {
        try {
            return BodyMatcher.mismatches(expected, ExactJson.read(response.body())).stream()
                    .map(mismatch -> "body " + mismatch)
                    .toList();
        } catch (JacksonException e) {
            return List.of("body: is no JSON: " + e.getOriginalMessage());
        }
    }

    private static JsonNode header(WireResponse response, String name) {
        return response.header(name).<JsonNode>map(NODES::stringNode).orElseGet(NODES::missingNode);
    }
}
