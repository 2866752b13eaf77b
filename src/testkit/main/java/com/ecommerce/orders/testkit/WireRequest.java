package com.ecommerce.orders.testkit;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request as it is sent over the network.
 *
 *
 * @param path the path with the query, sent unchanged
 * @param headers the headers by name, in any case
 * @param body the body, null for none
 */
public record WireRequest(String method, String path, Map<String, String> headers, byte @Nullable [] body) {

    public WireRequest {
        Map<String, String> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        byName.putAll(headers);
        headers = Collections.unmodifiableMap(byName);
    }

    /** Returns the method and the path. */
    public String line() {
        return method + " " + path;
    }

    public String pathWithoutQuery() {
        int mark = path.indexOf('?');
        return mark < 0 ? path : path.substring(0, mark);
    }

    public String query() {
        int mark = path.indexOf('?');
        return mark < 0 ? "" : path.substring(mark + 1);
    }
}
