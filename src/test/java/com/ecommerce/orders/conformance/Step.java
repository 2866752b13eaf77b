package com.ecommerce.orders.conformance;

import com.ecommerce.orders.testkit.Tokens;
import com.ecommerce.orders.testkit.WireRequest;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One request of a case, sent once or several times at once, and the expected responses.
 *
 *
 * @param headers null removes a default header
 * @param captures the variables to set from the response, by name: {@code body:/pointer}, {@code header:Name} or
 *     {@code raw}
 * @param concurrently a change by another client at the same time, null for none
 */
public record Step(
        Identity identity,
        String method,
        String path,
        Map<String, @Nullable String> headers,
        @Nullable Content content,
        int parallel,
        List<Expectation> expectations,
        Map<String, String> captures,
        @Nullable ConcurrentChange concurrently) {

    /** Returns the request with the variables replaced. */
    public WireRequest request(Tokens tokens, Variables variables) {
        Map<String, String> sent = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        String token = identity.token(tokens, variables);
        if (token != null) {
            sent.put("Authorization", "Bearer " + token);
        }
        if (content instanceof Content.Json) {
            sent.put("Content-Type", "application/json");
        }
        headers.forEach((name, value) -> {
            if (value == null) {
                sent.remove(name);
            } else {
                sent.put(name, variables.in(value));
            }
        });
        byte[] body = content == null ? null : content.bytes(variables);
        return new WireRequest(method, variables.in(path), Collections.unmodifiableMap(sent), body);
    }
}
