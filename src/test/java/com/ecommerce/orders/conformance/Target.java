package com.ecommerce.orders.conformance;

import com.ecommerce.orders.testkit.Tokens;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A running server that the suite tests.
 *
 *
 * @param baseUri the address of the server, without a slash at the end
 * @param tokens the issuer that the server trusts
 * @param platform the platform: {@code local}, {@code aws}, {@code azure} or {@code gcp}
 * @param platformAnswers the platform's own responses, which the API can't change, by the name of the case
 * @param checksContract whether every response is also checked against {@code openapi.yaml}
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

    /** Returns a target for all cases, whose responses are also checked against the contract. */
    public static Target at(URI baseUri, Tokens tokens, String platform) {
        return new Target(baseUri, tokens, platform, Map.of(), true);
    }

    /** Returns a target on which the case of this name ends, at its last step, with the platform's own status. */
    public Target answering(String caseName, int status, String reason) {
        Map<String, PlatformAnswer> more = new LinkedHashMap<>(platformAnswers);
        more.put(caseName, new PlatformAnswer(status, reason));
        return new Target(baseUri, tokens, platform, more, checksContract);
    }

    /** Returns a target whose responses are not checked against {@code openapi.yaml}. */
    public Target withoutContract() {
        return new Target(baseUri, tokens, platform, platformAnswers, false);
    }

    /**
     * The response of a platform where the contract says something else.
     *
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
