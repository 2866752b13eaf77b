package com.ecommerce.orders.http;

import com.ecommerce.orders.settings.SettingException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** The settings {@code orders.identity.*}: how callers prove who they are. */
record IdentitySettings(
        @DefaultValue("jwt") Mode mode,
        @DefaultValue Jwt jwt,
        @DefaultValue Claims claims,
        @DefaultValue Tenants tenants) {

    static final String DIRECTORY = "{tid}";

    /** Who verifies the credential. */
    enum Mode {
        /** We do. */
        JWT,
        /** The platform's gateway does, and hands over the claims. */
        GATEWAY
    }

    /**
     * What a token must be.
     *
     * @param jwkSet the issuer's keys themselves, where the function has no way out to fetch them
     */
    record Jwt(
            @Nullable String issuer, @Nullable String audience, @Nullable String jwkSetUri, @Nullable String jwkSet) {}

    /** Which claims say what; of each list the first that a token has counts. */
    record Claims(
            @DefaultValue("tenant_id") List<String> tenant,
            @DefaultValue("sub") List<String> user,
            @DefaultValue("email") List<String> email,
            @DefaultValue("scope") List<String> scopes) {}

    /**
     * Which tenants there are.
     *
     * @param allowed values of the tenant claim; empty for all that the issuer vouches for
     * @param alias our name of a tenant by the value of the claim
     */
    record Tenants(@DefaultValue List<String> allowed, @DefaultValue Map<String, String> alias) {}

    /** @throws SettingException if a setting is missing or contradicts another */
    void check() {
        if (mode == Mode.GATEWAY) {
            return;
        }
        String issuer = jwt.issuer();
        if (issuer == null || issuer.isBlank()) {
            throw new SettingException(
                    "ORDERS_IDENTITY_JWT_ISSUER",
                    "must be the issuer of your users' tokens, as their claim iss says it",
                    "https://login.example.org/");
        }
        if (jwt.audience() == null || jwt.audience().isBlank()) {
            throw new SettingException(
                    "ORDERS_IDENTITY_JWT_AUDIENCE",
                    "must be what the tokens' claim aud (or client_id) says",
                    "orders-api");
        }
        if (jwt.jwkSetUri() == null && jwt.jwkSet() == null) {
            throw new SettingException(
                    "ORDERS_IDENTITY_JWT_JWKSETURI",
                    "must be the address of the issuer's keys (or ORDERS_IDENTITY_JWT_JWKSET the keys themselves)",
                    "https://login.example.org/.well-known/jwks.json");
        }
        if (issuer.contains(DIRECTORY) && !claims.tenant().equals(List.of("tid"))) {
            throw new SettingException(
                    "ORDERS_IDENTITY_CLAIMS_TENANT",
                    "must be tid, since an issuer with {tid} lets every directory set its other claims as it likes",
                    "tid");
        }
        if (issuer.contains(DIRECTORY) && tenants.allowed().isEmpty()) {
            throw new SettingException(
                    "ORDERS_IDENTITY_TENANTS_ALLOWED",
                    "must list the tenants, since an issuer with {tid} vouches for every directory there is",
                    "11111111-2222-3333-4444-555555555555");
        }
    }
}
