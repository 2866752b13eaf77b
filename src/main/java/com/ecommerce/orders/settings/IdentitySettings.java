package com.ecommerce.orders.settings;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * The settings that identify callers.
 *
 * @param mode who verifies the credential; {@code JWT} by default
 * @param jwt the tokens that are accepted in the mode {@code JWT}
 * @param claims the claims that name the caller
 * @param tenants the tenants that are allowed
 * @param gatewayHeader the header in which the gateway of Google Cloud passes verified claims, in lower case
 */
public record IdentitySettings(
        IdentityMode mode, JwtSettings jwt, ClaimSettings claims, TenantSettings tenants, String gatewayHeader) {

    /** The placeholder in an issuer for the token's claim {@code tid}. */
    public static final String DIRECTORY = "{tid}";

    /** The names of the claim with a caller's directory: in tokens, and in App Service authentication. */
    private static final List<String> DIRECTORY_CLAIMS =
            List.of("tid", "http://schemas.microsoft.com/identity/claims/tenantid");

    /** @throws SettingException if a setting is missing, wrong, or contradicts another */
    static IdentitySettings of(SettingsReader reader) {
        IdentitySettings settings = new IdentitySettings(
                IdentityMode.valueOf(required(reader, Setting.IDENTITY_MODE).toUpperCase(Locale.ROOT)),
                new JwtSettings(
                        reader.text(Setting.IDENTITY_JWT_ISSUER),
                        reader.text(Setting.IDENTITY_JWT_AUDIENCE),
                        reader.text(Setting.IDENTITY_JWT_JWK_SET_URI),
                        reader.text(Setting.IDENTITY_JWT_JWK_SET)),
                new ClaimSettings(
                        reader.list(Setting.IDENTITY_CLAIMS_TENANT),
                        reader.list(Setting.IDENTITY_CLAIMS_USER),
                        reader.list(Setting.IDENTITY_CLAIMS_EMAIL),
                        reader.list(Setting.IDENTITY_CLAIMS_SCOPES)),
                new TenantSettings(
                        reader.list(Setting.IDENTITY_TENANTS_ALLOWED), reader.text(Setting.IDENTITY_TENANTS_ALIAS)),
                required(reader, Setting.IDENTITY_GATEWAY_HEADER));
        settings.check();
        return settings;
    }

    private static String required(SettingsReader reader, Setting setting) {
        return Objects.requireNonNull(reader.text(setting), "The table has a default");
    }

    private void check() {
        if (tenants.allowed().isEmpty() && tenants.alias() != null) {
            throw tenantsMustBeListed(
                    "since a claim that is literally an alias's tenant would otherwise be that tenant");
        }
        if (mode == IdentityMode.GATEWAY) {
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
            throw Setting.IDENTITY_JWT_ISSUER.missing();
        }
        if (jwt.audience() == null) {
            throw Setting.IDENTITY_JWT_AUDIENCE.missing();
        }
        checkKeys();
        if (issuer.contains(DIRECTORY)) {
            checkDirectories();
        }
    }

    private void checkKeys() {
        if (jwt.jwkSetUri() == null && jwt.jwkSet() == null) {
            throw new SettingException(
                    Setting.IDENTITY_JWT_JWK_SET_URI.variable(),
                    "is missing. Set the address of the issuer's keys, or the keys themselves as "
                            + Setting.IDENTITY_JWT_JWK_SET.variable(),
                    Setting.IDENTITY_JWT_JWK_SET_URI.example());
        }
        if (jwt.jwkSetUri() != null && jwt.jwkSet() != null) {
            throw new SettingException("The settings " + Setting.IDENTITY_JWT_JWK_SET_URI.variable() + " and "
                    + Setting.IDENTITY_JWT_JWK_SET.variable()
                    + " are both there, so that it is not clear which keys count; remove one of them");
        }
    }

    private void checkDirectories() {
        if (!claims.tenant().equals(List.of("tid"))) {
            throw Setting.IDENTITY_CLAIMS_TENANT.must(
                    "be tid, since an issuer with {tid} lets every directory set its other claims as it likes", "tid");
        }
        if (tenants.allowed().isEmpty()) {
            throw tenantsMustBeListed("since an issuer with {tid} stands for every directory there is");
        }
    }

    private static SettingException tenantsMustBeListed(String reason) {
        return Setting.IDENTITY_TENANTS_ALLOWED.must(
                "list the values of the tenant claim that are let in, " + reason,
                "11111111-2222-3333-4444-555555555555");
    }
}
