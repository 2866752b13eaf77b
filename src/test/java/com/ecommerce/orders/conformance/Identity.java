package com.ecommerce.orders.conformance;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Who sends a step's request. */
public sealed interface Identity {

    /** The bearer token, null for none. */
    @Nullable
    String token(Tokens tokens, Variables variables);

    /** No token. */
    record Nobody() implements Identity {
        @Override
        public @Nullable String token(Tokens tokens, Variables variables) {
            return null;
        }
    }

    /** A token that is sent as it is. */
    record Literal(String token) implements Identity {
        @Override
        public String token(Tokens tokens, Variables variables) {
            return token;
        }
    }

    /** Alice of the case's tenant, who may do everything, but for these overrides; null removes a claim. */
    record User(Map<String, JsonNode> overrides) implements Identity {

        private static final Map<String, String> CLAIMS =
                Map.of("tenant", "tenant_id", "user", "sub", "email", "email", "scope", "scope");

        public User {
            if (!CLAIMS.keySet().containsAll(overrides.keySet())) {
                throw new IllegalArgumentException("Claims that no case has: " + overrides.keySet());
            }
        }

        @Override
        public String token(Tokens tokens, Variables variables) {
            Map<String, Object> claims = new HashMap<>();
            claims.put("tenant_id", variables.in("${tenant}"));
            claims.put("sub", "alice");
            claims.put("email", "alice@example.org");
            claims.put("scope", "orders:read orders:write");
            overrides.forEach((name, value) -> claims.put(CLAIMS.get(name), claim(variables.in(value))));
            claims.values().removeIf(value -> value == null);
            return tokens.mint(claims);
        }

        private static @Nullable Object claim(JsonNode value) {
            if (value.isNull()) {
                return null;
            }
            return value.isArray()
                    ? value.valueStream().map(JsonNode::stringValue).toList()
                    : value.stringValue();
        }
    }
}
