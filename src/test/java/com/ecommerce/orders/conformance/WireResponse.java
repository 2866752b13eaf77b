package com.ecommerce.orders.conformance;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A response as it came over the wire.
 *
 * @param headers all values by name, whatever its case
 */
record WireResponse(int status, Map<String, List<String>> headers, byte[] body) {

    WireResponse {
        Map<String, List<String>> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        byName.putAll(headers);
        headers = Collections.unmodifiableMap(byName);
    }

    /** The header's value; of a header that came more than once, all of them, so that this does not go unseen. */
    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name)).map(values -> String.join(", ", values));
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
