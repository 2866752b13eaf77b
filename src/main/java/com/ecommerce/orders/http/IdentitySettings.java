package com.ecommerce.orders.http;

import com.ecommerce.orders.settings.ListSetting;
import com.ecommerce.orders.settings.SettingException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.core.env.Environment;

/** The settings {@code orders.identity.*}: how callers prove who they are. */
record IdentitySettings(Mode mode, Jwt jwt, Claims claims, Tenants tenants) {

    static final String DIRECTORY = "{tid}";

    private static final String PREFIX = "orders.identity.";

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
    record Claims(List<String> tenant, List<String> user, List<String> email, List<String> scopes) {}

    /**
     * Which tenants there are.
     *
     * @param allowed values of the tenant claim; empty for all that the issuer vouches for
     * @param alias our name of a tenant by the value of the claim
     */
    record Tenants(List<String> allowed, Map<String, String> alias) {}

    /** @throws SettingException if one of the settings can't be read */
    static IdentitySettings of(Environment environment) {
        return new IdentitySettings(
                mode(environment.getProperty(PREFIX + "mode", "")),
                new Jwt(
                        environment.getProperty(PREFIX + "jwt.issuer"),
                        environment.getProperty(PREFIX + "jwt.audience"),
                        environment.getProperty(PREFIX + "jwt.jwk-set-uri"),
                        environment.getProperty(PREFIX + "jwt.jwk-set")),
                new Claims(
                        claim(environment, "tenant", "tenant_id"),
                        claim(environment, "user", "sub"),
                        claim(environment, "email", "email"),
                        claim(environment, "scopes", "scope")),
                new Tenants(
                        ListSetting.read(environment, PREFIX + "tenants.allowed", List.of()), aliases(environment)));
    }

    private static Mode mode(String text) {
        for (Mode mode : Mode.values()) {
            if (mode.name().equalsIgnoreCase(text.strip())) {
                return mode;
            }
        }
        if (text.isBlank()) {
            return Mode.JWT;
        }
        throw new SettingException("ORDERS_IDENTITY_MODE", "must be jwt or gateway", "jwt");
    }

    private static List<String> claim(Environment environment, String what, String name) {
        return ListSetting.read(environment, PREFIX + "claims." + what, List.of(name));
    }

    /** By Boot's binder, which alone finds names that are not known before; dear, so only where there are any. */
    private static Map<String, String> aliases(Environment environment) {
        ConfigurationPropertyName aliases = ConfigurationPropertyName.of(PREFIX + "tenants.alias");
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source.containsDescendantOf(aliases) != ConfigurationPropertyState.ABSENT) {
                return Binder.get(environment)
                        .bind(aliases, Bindable.mapOf(String.class, String.class))
                        .orElseGet(Map::of);
            }
        }
        return Map.of();
    }

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
