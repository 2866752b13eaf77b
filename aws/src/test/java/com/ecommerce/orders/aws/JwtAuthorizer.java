package com.ecommerce.orders.aws;

import com.ecommerce.orders.testkit.Tokens;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A stand-in for the authorizer of API Gateway. It verifies tokens and passes the claims as strings. */
record JwtAuthorizer(Tokens tokens) {

    /** Returns the claims, or {@code null} if the token is not valid. */
    @Nullable
    Map<String, String> claims(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return null;
        }
        Map<String, Object> claims = tokens.verify(authorization.substring(7).strip());
        return claims == null ? null : asStrings(claims);
    }

    /** Writes lists as Go prints them, with spaces between the elements. */
    private static Map<String, String> asStrings(Map<String, Object> claims) {
        Map<String, String> strings = new TreeMap<>();
        claims.forEach((name, value) -> {
            if (value instanceof List<?> list) {
                strings.put(
                        name,
                        "["
                                + String.join(
                                        " ", list.stream().map(String::valueOf).toList()) + "]");
            } else {
                strings.put(name, String.valueOf(value));
            }
        });
        return strings;
    }
}
