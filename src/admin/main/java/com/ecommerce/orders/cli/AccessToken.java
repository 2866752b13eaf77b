package com.ecommerce.orders.cli;

import java.util.Map;

/** The token with which a command calls the API. It is never an argument, because other users can see the arguments. */
final class AccessToken {

    private static final String VARIABLE = "API_TOKEN";

    private AccessToken() {}

    /**
     * Returns the token of {@code API_TOKEN}, or otherwise a development token.
     *
     * @throws IllegalArgumentException if the variable has no token; the message does not show the value
     */
    static String of(ApiClient api, Map<String, String> environment) {
        String token = environment.getOrDefault(VARIABLE, "").strip();
        if (!token.matches("[!-~]*")) {
            throw new IllegalArgumentException(
                    "API_TOKEN has a character that no token has. Set it to the token only, for"
                            + " example API_TOKEN=eyJhbGciOi...");
        }
        return token.isEmpty() ? api.developmentToken(Map.of()) : token;
    }
}
