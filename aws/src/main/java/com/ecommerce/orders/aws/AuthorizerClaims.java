package com.ecommerce.orders.aws;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What API Gateway's JWT authorizer (HTTP API) or Cognito authorizer (REST API) has verified. */
final class AuthorizerClaims {

    /** The claims that may be lists; others keep their brackets. */
    private static final Set<String> SCOPES = Set.of("scope", "scp", "roles");

    /** How an HTTP API writes a claim that is a list. */
    private static final Pattern LIST = Pattern.compile("\\[(.*)]");

    private AuthorizerClaims() {}

    /** The claims, {@code null} if no authorizer vouches for anybody. */
    static @Nullable Map<String, Object> of(JsonNode requestContext) {
        JsonNode authorizer = requestContext.path("authorizer");
        JsonNode verified = authorizer.has("jwt") ? authorizer.path("jwt") : authorizer;
        if (!verified.path("claims").isObject()) {
            return null;
        }
        Map<String, Object> claims = new HashMap<>();
        verified.path("claims").properties().forEach(claim -> put(claims, claim.getKey(), claim.getValue()));
        if (!claims.containsKey("scope")) {
            put(claims, "scope", verified.path("scopes"));
        }
        return claims;
    }

    private static void put(Map<String, Object> claims, String name, JsonNode value) {
        if (value.isString()) {
            String text = value.stringValue();
            Matcher list = SCOPES.contains(name) ? LIST.matcher(text) : null;
            claims.put(
                    name, list != null && list.matches() ? List.of(list.group(1).split(" ")) : text);
        } else if (value.isArray()) {
            List<String> list =
                    value.valueStream().map(each -> each.asString("")).toList();
            claims.put(name, list);
        }
    }
}
