package com.ecommerce.orders.gcp;

import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The claims of the token that API Gateway or Cloud Endpoints has verified, as it hands them to its backend.
 *
 * @param header the one of the two headers that the gateway in front sets: the other it would let through from anyone
 */
record GcpGatewayClaims(String header) {

    private static final TypeReference<Map<String, Object>> CLAIMS = new TypeReference<>() {};
    private static final JsonMapper JSON = JsonMapper.shared();

    /** The claims, nested ones as maps; {@code null} if there are none or they can't be read. */
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
