package com.ecommerce.orders.gcp;

import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The claims of the token that API Gateway or Cloud Endpoints has verified. The gateway passes them to its backend in a
 * header.
 *
 * @param header the header that the gateway in front sets; the gateway would not remove the other product's header, so any
 *     client could send that one
 */
record GcpGatewayClaims(String header) {

    private static final TypeReference<Map<String, Object>> CLAIMS = new TypeReference<>() {};
    private static final JsonMapper JSON = JsonMapper.shared();

    /** Returns the claims, with nested claims as maps, or {@code null} if there are no readable claims. */
    @Nullable
    Map<String, Object> claims(Map<String, String> headers) {
        String claims = headers.get(header);
        try {
            return claims == null ? null : JSON.readValue(Base64.getUrlDecoder().decode(claims.strip()), CLAIMS);
        } catch (IllegalArgumentException | JacksonException e) {
            return null;
        }
    }
}
