package com.ecommerce.orders.aws;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The claims that API Gateway's JWT authorizer (HTTP API) or Cognito authorizer (REST API) has verified. */
final class AwsGatewayClaims {

    /** The claims that may be lists. Other claims keep their brackets. */
    private static final Set<String> SCOPES = Set.of("scope", "scp", "roles");

    private @Nullable Map<String, Object> claims;
    private List<String> scopes = List.of();
    private @Nullable AwsGatewayClaims jwt;

    private AwsGatewayClaims() {}

    /** Reads the claims of the authorizer at the parser's position. Returns {@code null} if there is no verified caller. */
    static @Nullable Map<String, Object> read(JsonParser json) {
        return readFields(json).whole();
    }

    private static AwsGatewayClaims readFields(JsonParser json) {
        AwsGatewayClaims read = new AwsGatewayClaims();
        JsonFields.forEach(json, read, AwsGatewayClaims::readField);
        return read;
    }

    private void readField(String name, JsonParser json) {
        switch (name) {
            case "claims" -> {
                claims = json.currentToken() == JsonToken.START_OBJECT ? new HashMap<>() : null;
                JsonFields.forEach(json, this, AwsGatewayClaims::readClaim);
            }
            case "scopes" -> scopes = JsonFields.texts(json);
            case "jwt" -> jwt = readFields(json);
            default -> json.skipChildren();
        }
    }

    private void readClaim(String name, JsonParser json) {
        Object value = json.currentToken() == JsonToken.START_ARRAY ? JsonFields.texts(json) : JsonFields.text(json);
        if (claims != null && value != null) {
            claims.put(name, value instanceof String text && SCOPES.contains(name) ? list(text) : value);
        }
    }

    /** Parses a list. An HTTP API writes a list as {@code [a b]}. */
    private static Object list(String text) {
        return text.startsWith("[") && text.endsWith("]")
                ? List.of(text.substring(1, text.length() - 1).split(" "))
                : text;
    }

    private @Nullable Map<String, Object> whole() {
        if (jwt != null) {
            return jwt.whole();
        }
        if (claims != null && !scopes.isEmpty()) {
            claims.putIfAbsent("scope", scopes);
        }
        return claims;
    }
}
