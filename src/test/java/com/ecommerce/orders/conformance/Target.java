package com.ecommerce.orders.conformance;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A running server to hold against the cases.
 *
 * @param baseUri where it listens, without a slash at the end
 * @param tokens the issuer that it trusts
 * @param leftOut the cases that do not hold there, by topic file ({@code 15-odd-paths}) or case name, each with the
 *     documented difference of the platform that is the reason
 * @param checksContract whether every answer is held against {@code openapi.yaml} too
 */
public record Target(URI baseUri, Tokens tokens, Map<String, String> leftOut, boolean checksContract) {

    public Target {
        leftOut = Collections.unmodifiableMap(new LinkedHashMap<>(leftOut));
        leftOut.forEach(Target::requireReason);
    }

    /** All cases, and the contract. */
    public static Target at(URI baseUri, Tokens tokens) {
        return new Target(baseUri, tokens, Map.of(), true);
    }

    /** Without the cases of this topic file, or the case of this name. */
    public Target without(String topicFileOrCase, String reason) {
        Map<String, String> more = new LinkedHashMap<>(leftOut);
        more.put(topicFileOrCase, reason);
        return new Target(baseUri, tokens, more, checksContract);
    }

    /** Without holding answers against {@code openapi.yaml}. */
    public Target withoutContract() {
        return new Target(baseUri, tokens, leftOut, false);
    }

    private static void requireReason(String name, String reason) {
        if (reason == null || reason.isBlank()) {
            throw new IllegalArgumentException("Say why " + name + " is left out");
        }
    }
}
