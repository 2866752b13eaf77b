package com.ecommerce.orders.authentication;

import com.ecommerce.orders.identity.TenantId;
import com.ecommerce.orders.json.StrictJson;
import com.ecommerce.orders.order.ProblemException;
import com.ecommerce.orders.settings.SettingException;
import com.ecommerce.orders.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The settings {@code orders.identity.*}: how callers prove who they are. */
record IdentitySettings(Mode mode, Jwt jwt, Claims claims, Tenants tenants) {

    static final String DIRECTORY = "{tid}";

    private static final String PREFIX = "orders.identity.";
    private static final String ISSUER_EXAMPLE = "https://login.example.org/";
    private static final String AUDIENCE_EXAMPLE = "orders-api";
    private static final String JWK_SET_URI_EXAMPLE = "https://login.example.org/.well-known/jwks.json";
    private static final String ALIAS_EXAMPLE = "{\"11111111-2222-3333-4444-555555555555\":\"acme\"}";

    /** The claim with a caller's directory, by its name in tokens and by the one that App Service authentication has. */
    private static final List<String> DIRECTORY_CLAIMS =
            List.of("tid", "http://schemas.microsoft.com/identity/claims/tenantid");

    /** Tells who verifies the credential. */
    enum Mode {
        /** We do. */
        JWT,
        /** The platform's gateway does, and hands over the claims. */
        GATEWAY
    }

    /**
     * The tokens that are taken.
     *
     * @param jwkSet the issuer's keys themselves, where the function has no way out to fetch them
     */
    record Jwt(
            @Nullable String issuer, @Nullable String audience, @Nullable String jwkSetUri, @Nullable String jwkSet) {}

    /** The claims that name the caller; of each list the first that a token has counts. */
    record Claims(List<String> tenant, List<String> user, List<String> email, List<String> scopes) {}

    /**
     * The tenants that are let in.
     *
     * @param allowed values of the tenant claim; empty for all that the issuer names
     * @param alias our name of a tenant by the value of the claim
     */
    record Tenants(List<String> allowed, Map<String, String> alias) {}

    /** @throws SettingException if one of the settings can't be read */
    static IdentitySettings of(Settings settings) {
        return new IdentitySettings(
                mode(settings.text(PREFIX + "mode", "jwt")),
                new Jwt(
                        settings.text(PREFIX + "jwt.issuer", ISSUER_EXAMPLE),
                        settings.text(PREFIX + "jwt.audience", AUDIENCE_EXAMPLE),
                        settings.text(PREFIX + "jwt.jwk-set-uri", JWK_SET_URI_EXAMPLE),
                        settings.text(PREFIX + "jwt.jwk-set", "{\"keys\":[...]}")),
                new Claims(
                        claim(settings, "tenant", "tenant_id"),
                        claim(settings, "user", "sub"),
                        claim(settings, "email", "email"),
                        claim(settings, "scopes", "scope")),
                new Tenants(settings.list(PREFIX + "tenants.allowed", List.of(), "acme,globex"), aliases(settings)));
    }

    private static Mode mode(@Nullable String text) {
        if (text == null) {
            return Mode.JWT;
        }
        for (Mode mode : Mode.values()) {
            if (mode.name().equalsIgnoreCase(text)) {
                return mode;
            }
        }
        throw new SettingException("ORDERS_IDENTITY_MODE", "must be jwt or gateway", "jwt");
    }

    private static List<String> claim(Settings settings, String what, String name) {
        return settings.list(PREFIX + "claims." + what, List.of(name), name);
    }

    /**
     * Reads the aliases from one JSON object by our own reader. Spring's binding drops characters from the keys of a map, so
     * that an alias for {@code org:acme} let {@code orgacme} in as well.
     */
    private static Map<String, String> aliases(Settings settings) {
        String json = settings.literal(PREFIX + "tenants.alias", ALIAS_EXAMPLE);
        if (json == null) {
            return Map.of();
        }
        Map<String, String> aliases = new HashMap<>();
        for (Map.Entry<String, JsonNode> alias : aliasObject(json).properties()) {
            String tenant = alias.getValue().stringValue("");
            if (alias.getKey().isBlank() || !TenantId.isValid(tenant)) {
                throw wrongAlias(
                        "must give each value of the claim a tenant of 1 to " + TenantId.MAX_LENGTH + " characters");
            }
            aliases.put(alias.getKey(), tenant);
        }
        return aliases;
    }

    private static JsonNode aliasObject(String json) {
        try {
            JsonNode object = StrictJson.read(json.getBytes(StandardCharsets.UTF_8));
            if (object.isObject() && !object.isEmpty()) {
                return object;
            }
        } catch (ProblemException malformed) {
            // The message says the same of both.
        }
        throw wrongAlias("must be a JSON object that has at least one key, and none twice");
    }

    private static SettingException wrongAlias(String rule) {
        return new SettingException("ORDERS_IDENTITY_TENANTS_ALIAS", rule, ALIAS_EXAMPLE);
    }

    /** @throws SettingException if a setting is missing or contradicts another */
    void check() {
        if (tenants.allowed().isEmpty() && !tenants.alias().isEmpty()) {
            throw tenantsMustBeListed(
                    "since a claim that is literally an alias's tenant would otherwise be that tenant");
        }
        if (mode == Mode.GATEWAY) {
            checkGateway();
        } else {
            checkJwt();
        }
    }

    private void checkGateway() {
        if (tenants.allowed().isEmpty() && !Collections.disjoint(claims.tenant(), DIRECTORY_CLAIMS)) {
            throw tenantsMustBeListed("since a user of any directory may get a token with the claim tid");
        }
    }

    private void checkJwt() {
        String issuer = jwt.issuer();
        if (issuer == null) {
            throw new SettingException(
                    "ORDERS_IDENTITY_JWT_ISSUER",
                    "must be the issuer of your users' tokens, as their claim iss says it",
                    ISSUER_EXAMPLE);
        }
        if (jwt.audience() == null) {
            throw new SettingException(
                    "ORDERS_IDENTITY_JWT_AUDIENCE",
                    "must be what the tokens' claim aud (or client_id) says",
                    AUDIENCE_EXAMPLE);
        }
        if (jwt.jwkSetUri() == null && jwt.jwkSet() == null) {
            throw new SettingException(
                    "ORDERS_IDENTITY_JWT_JWKSETURI",
                    "must be the address of the issuer's keys (or ORDERS_IDENTITY_JWT_JWKSET the keys themselves)",
                    JWK_SET_URI_EXAMPLE);
        }
        if (jwt.jwkSetUri() != null && jwt.jwkSet() != null) {
            throw new SettingException(
                    "The settings ORDERS_IDENTITY_JWT_JWKSETURI and ORDERS_IDENTITY_JWT_JWKSET are both"
                            + " there, so that it is not clear which keys count; remove one of them");
        }
        if (issuer.contains(DIRECTORY) && !claims.tenant().equals(List.of("tid"))) {
            throw new SettingException(
                    "ORDERS_IDENTITY_CLAIMS_TENANT",
                    "must be tid, since an issuer with {tid} lets every directory set its other claims as it likes",
                    "tid");
        }
        if (issuer.contains(DIRECTORY) && tenants.allowed().isEmpty()) {
            throw tenantsMustBeListed("since an issuer with {tid} stands for every directory there is");
        }
    }

    private static SettingException tenantsMustBeListed(String reason) {
        return new SettingException(
                "ORDERS_IDENTITY_TENANTS_ALLOWED",
                "must list the values of the tenant claim that are let in, " + reason,
                "11111111-2222-3333-4444-555555555555");
    }
}
