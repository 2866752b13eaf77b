package com.ecommerce.orders.gcp;

import com.ecommerce.orders.settings.SettingException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The claims of the token that API Gateway or Cloud Endpoints has verified, as it hands them to its backend.
 *
 * @param header the one of the two headers that the gateway in front sets: the other it would let through from anyone
 */
record GcpGatewayClaims(String header) {

    static final String API_GATEWAY = "x-apigateway-api-userinfo";
    static final String ENDPOINTS = "x-endpoint-api-userinfo";

    private static final TypeReference<Map<String, Object>> CLAIMS = new TypeReference<>() {};
    private static final JsonMapper JSON = JsonMapper.shared();

    /** @throws SettingException if the setting names no header of Google's */
    static GcpGatewayClaims of(Environment environment) {
        String header = environment
                .getProperty("orders.identity.gateway.header", API_GATEWAY)
                .toLowerCase(Locale.ROOT);
        if (!List.of(API_GATEWAY, ENDPOINTS).contains(header)) {
            throw new SettingException(
                    "ORDERS_IDENTITY_GATEWAY_HEADER",
                    "must be X-Apigateway-Api-Userinfo or, behind Cloud Endpoints, X-Endpoint-API-UserInfo",
                    "X-Apigateway-Api-Userinfo");
        }
        return new GcpGatewayClaims(header);
    }

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
