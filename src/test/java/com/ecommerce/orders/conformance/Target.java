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
 * @param platform what it runs on: {@code local}, {@code aws}, {@code azure} or {@code gcp}
 * @param platformAnswers what the platform answers instead, before the API's own code can, by the name of the case
 * @param checksContract whether every answer is held against {@code openapi.yaml} too
 */
public record Target(
        URI baseUri,
        Tokens tokens,
        String platform,
        Map<String, PlatformAnswer> platformAnswers,
        boolean checksContract) {

    public Target {
        platformAnswers = Collections.unmodifiableMap(new LinkedHashMap<>(platformAnswers));
    }

    /** All cases, and the contract. */
    public static Target at(URI baseUri, Tokens tokens, String platform) {
        return new Target(baseUri, tokens, platform, Map.of(), true);
    }

    /** The case of this name ends, at its last step, with a status of the platform's own. */
    public Target answering(String caseName, int status, String reason) {
        Map<String, PlatformAnswer> more = new LinkedHashMap<>(platformAnswers);
        more.put(caseName, new PlatformAnswer(status, reason));
        return new Target(baseUri, tokens, platform, more, checksContract);
    }

    /** Without holding answers against {@code openapi.yaml}. */
    public Target withoutContract() {
        return new Target(baseUri, tokens, platform, platformAnswers, false);
    }

    /**
     * What a platform answers where the contract says something else.
     *
     * @param reason the documented difference of the platform
     */
    public record PlatformAnswer(int status, String reason) {

        public PlatformAnswer {
            if (reason.isBlank()) {
                throw new IllegalArgumentException("Say why the platform answers " + status);
            }
        }
    }
}
