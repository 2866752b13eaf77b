package com.ecommerce.orders.gcp;

import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The claims of the token that API Gateway or Cloud Endpoints has verified, as it hands them to its backend. */
final class UserInfo {

    private static final String API_GATEWAY = "x-apigateway-api-userinfo";
    private static final String ENDPOINTS = "x-endpoint-api-userinfo";
    private static final TypeReference<Map<String, Object>> CLAIMS = new TypeReference<>() {};
    private static final JsonMapper JSON = JsonMapper.shared();

    private UserInfo() {}

    /**
     * The claims, nested ones as maps; {@code null} if there are none or they can't be read.
     *
     * <p>Each of the two products overwrites its own header and lets the client's version of the other one through, so
     * where both are present one is forged and neither is believed.
     */
    static @Nullable Map<String, Object> claims(Map<String, String> headers) {
        String apiGateway = headers.get(API_GATEWAY);
        String endpoints = headers.get(ENDPOINTS);
        if (apiGateway != null && endpoints != null) {
            return null;
        }
        String userInfo = apiGateway != null ? apiGateway : endpoints;
        return userInfo == null ? null : decode(userInfo);
    }

    private static @Nullable Map<String, Object> decode(String userInfo) {
        try {
            return JSON.readValue(Base64.getUrlDecoder().decode(userInfo.strip()), CLAIMS);
        } catch (IllegalArgumentException | JacksonException e) {
            return null;
        }
    }
}
