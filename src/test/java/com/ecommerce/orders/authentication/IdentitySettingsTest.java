package com.ecommerce.orders.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.settings.Settings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@link SecuritySettingsTest} has what is refused. */
class IdentitySettingsTest {

    @Test
    void takesTokensOfThePlainClaimsWhereNothingIsSet() {
        IdentitySettings settings = read(Map.of(), Map.of());
        assertThat(settings.mode()).isEqualTo(IdentitySettings.Mode.JWT);
        assertThat(settings.jwt()).isEqualTo(new IdentitySettings.Jwt(null, null, null, null));
        assertThat(settings.claims())
                .isEqualTo(new IdentitySettings.Claims(
                        List.of("tenant_id"), List.of("sub"), List.of("email"), List.of("scope")));
        assertThat(settings.tenants()).isEqualTo(new IdentitySettings.Tenants(List.of(), Map.of()));
    }

    @Test
    void readsEnvironmentVariables() {
        IdentitySettings settings = read(
                Map.of(
                        "ORDERS_IDENTITY_MODE", "Gateway",
                        "ORDERS_IDENTITY_JWT_ISSUER", "https://login.example.org/",
                        "ORDERS_IDENTITY_JWT_JWKSETURI", "https://login.example.org/jwks",
                        "ORDERS_IDENTITY_CLAIMS_SCOPES", "scp, roles"),
                Map.of());
        assertThat(settings.mode()).isEqualTo(IdentitySettings.Mode.GATEWAY);
        assertThat(settings.jwt().issuer()).isEqualTo("https://login.example.org/");
        assertThat(settings.jwt().jwkSetUri()).isEqualTo("https://login.example.org/jwks");
        assertThat(settings.claims().scopes()).containsExactly("scp", "roles");
        assertThat(settings.tenants().allowed()).isEmpty();
    }

    @Test
    void readsListsValueByValue() {
        assertThat(read(
                                Map.of(
                                        "ORDERS_IDENTITY_TENANTS_ALLOWED_0", "acme",
                                        "ORDERS_IDENTITY_TENANTS_ALLOWED_1", "globex, inc."),
                                Map.of("orders.identity.tenants.allowed", "initech"))
                        .tenants()
                        .allowed())
                .containsExactly("acme", "globex, inc.");
    }

    @Test
    void prefersTheEnvironmentInWhicheverFormAListIs() {
        assertThat(read(
                                Map.of("ORDERS_IDENTITY_CLAIMS_TENANT", "tid"),
                                Map.of("orders.identity.claims.tenant[0]", "custom:tenant_id"))
                        .claims()
                        .tenant())
                .containsExactly("tid");
    }

    @Test
    void readsAliasesFromOneJsonObject() {
        assertThat(read(
                                Map.of(
                                        "ORDERS_IDENTITY_TENANTS_ALIAS",
                                        "{\"X1Y2Z\": \"acme\", \"org:globex\": \"globex\"}"),
                                Map.of())
                        .tenants()
                        .alias())
                .containsOnly(Map.entry("X1Y2Z", "acme"), Map.entry("org:globex", "globex"));
    }

    @Test
    void fillsInWhatAValueRefersTo() {
        assertThat(read(
                                Map.of("REALM", "shop"),
                                Map.of("orders.identity.jwt.issuer", "https://login.example.org/${REALM}/"))
                        .jwt()
                        .issuer())
                .isEqualTo("https://login.example.org/shop/");
    }

    private static IdentitySettings read(Map<String, String> variables, Map<String, String> file) {
        return IdentitySettings.of(Settings.of(TestEnvironment.of(variables, file)));
    }
}
