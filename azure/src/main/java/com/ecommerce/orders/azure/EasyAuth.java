package com.ecommerce.orders.azure;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/**
 * App Service authentication, which puts the claims that it verified into a header. Where it is off anybody can send
 * that header, so it counts only if both our own setting and the platform say that it is on.
 */
@FunctionalInterface
interface EasyAuth {

    String HEADER = "x-ms-client-principal";

    /** The verified claims, {@code null} if there are none. */
    @Nullable
    Map<String, Object> claims(Map<String, String> headers);

    /** As the settings say. */
    static EasyAuth of(Environment environment) {
        boolean ours = "gateway".equalsIgnoreCase(environment.getProperty("orders.identity.mode", "jwt"));
        boolean platforms = "true".equalsIgnoreCase(environment.getProperty("WEBSITE_AUTH_ENABLED"));
        return ours && platforms ? headers -> ClientPrincipal.claims(headers.get(HEADER)) : headers -> null;
    }
}
