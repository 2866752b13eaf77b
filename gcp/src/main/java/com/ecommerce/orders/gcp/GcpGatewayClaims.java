package com.ecommerce.orders.gcp;

import com.ecommerce.orders.json.StrictJson;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The claims of the token that API Gateway or Cloud Endpoints has verified. The gateway passes them to its backend in a
 * header.
 *
 * @param header the header that the gateway in front sets; the gateway would not remove the other product's header, so any
 *     client could send that one
 */
record GcpGatewayClaims(String header) {

    /** Returns the claims, with nested claims as maps, or {@code null} if there are no readable claims. */
    @Nullable
    Map<String, Object> claims(Map<String, String> headers) {
        String claims = headers.get(header);
        try {
            return claims == null ? null : object(Base64.getUrlDecoder().decode(claims.strip()));
        } catch (IllegalArgumentException | JacksonException e) {
            return null;
        }
    }

    private static @Nullable Map<String, Object> object(byte[] json) {
        JsonNode claims = StrictJson.readTrusted(json);
        return claims.isObject() ? map(claims) : null;
    }

    private static Map<String, Object> map(JsonNode object) {
        Map<String, Object> map = new HashMap<>();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            // A claim that is null counts as missing.
            if (!field.getValue().isNull()) {
                map.put(field.getKey(), value(field.getValue()));
            }
        }
        return map;
    }

    private static List<Object> list(JsonNode array) {
        List<Object> list = new ArrayList<>();
        for (JsonNode element : array) {
            list.add(value(element));
        }
        return list;
    }

    /** Returns a map, a list or a string. Any other value is returned as Jackson's node, because no claim is read from it. */
    private static Object value(JsonNode node) {
        if (node.isObject()) {
            return map(node);
        }
        if (node.isArray()) {
            return list(node);
        }
        return node.isString() ? node.stringValue() : node;
    }
}
