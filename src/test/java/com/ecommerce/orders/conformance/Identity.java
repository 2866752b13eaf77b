package com.ecommerce.orders.conformance;

import com.ecommerce.orders.testkit.Tokens;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The sender of a step's request. */
public sealed interface Identity {

    /** Returns the bearer token, null for no token. */
    @Nullable
    String token(Tokens tokens, Variables variables);

    /** A sender without a token. */
    record Nobody() implements Identity {
        @Override
        public @Nullable String token(Tokens tokens, Variables variables) {
            return null;
        }
    }

    /** A sender of a fixed token. */
    record Literal(String token) implements Identity {
        @Override
        public String token(Tokens tokens, Variables variables) {
            return token;
        }
    }

    /**
     * Alice of the case's tenant, who has all permissions. The overrides change her claims; null removes a claim.
     * {@code typ} is the type in the token's header, and {@code append} is sent behind the token.
     */
    record User(Map<String, JsonNode> overrides) implements Identity {

        private static final Map<String, String> CLAIMS =
                Map.of("tenant", "tenant_id", "user", "sub", "email", "email", "scope", "scope", "exp", "exp");
        private static final String TYPE = "typ";
        private static final String APPENDED = "append";

        public User {
            for (String name : overrides.keySet()) {
                if (!CLAIMS.containsKey(name) && !name.equals(TYPE) && !name.equals(APPENDED)) {
                    throw new IllegalArgumentException("A claim that no case has: " + name);
                }
            }
        }

        @Override
        public String token(Tokens tokens, Variables variables) {
            Map<String, Object> claims = new HashMap<>();
            claims.put("tenant_id", variables.in("${tenant}"));
            claims.put("sub", "alice");
            claims.put("email", "alice@example.org");
            claims.put("scope", "orders:read orders:write payments:write fulfillments:write");
            overrides.forEach((name, value) -> {
                if (CLAIMS.containsKey(name)) {
                    claims.put(CLAIMS.get(name), claim(variables.in(value)));
                }
            });
            claims.values().removeIf(value -> value == null);
            return tokens.mint(claims, text(TYPE)) + Objects.requireNonNullElse(text(APPENDED), "");
        }

        private @Nullable String text(String name) {
            JsonNode value = overrides.get(name);
            return value == null ? null : value.stringValue();
        }

        private static @Nullable Object claim(JsonNode value) {
            if (value.isNull()) {
                return null;
            }
            if (value.isNumber()) {
                return value.numberValue();
            }
            return value.isArray()
                    ? value.valueStream().map(JsonNode::stringValue).toList()
                    : value.stringValue();
        }
    }
}
