package com.ecommerce.orders.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.testkit.TestEnvironment;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Valid settings of identity. SecuritySettingsTest has the rejected ones. */
class IdentitySettingsTest {

    private static final Map<String, String> GATEWAY = Map.of("ORDERS_IDENTITY_MODE", "gateway");
    private static final Map<String, String> JWT = Map.of(
            "ORDERS_IDENTITY_JWT_ISSUER", "https://login.example.org/",
            "ORDERS_IDENTITY_JWT_AUDIENCE", "orders-api",
            "ORDERS_IDENTITY_JWT_JWKSETURI", "https://login.example.org/jwks");

    @Test
    void readsThePlainClaimsByDefault() {
        IdentitySettings settings = read(GATEWAY, Map.of());
        assertThat(settings.jwt()).isEqualTo(new JwtSettings(null, null, null, null));
        assertThat(settings.claims())
                .isEqualTo(new ClaimSettings(List.of("tenant_id"), List.of("sub"), List.of("email"), List.of("scope")));
        assertThat(settings.tenants()).isEqualTo(new TenantSettings(List.of(), null));
        assertThat(settings.gatewayHeader()).isEqualTo("x-apigateway-api-userinfo");
    }

    @Test
    void acceptsTokensByDefault() {
        assertThat(read(JWT, Map.of()).mode()).isEqualTo(IdentityMode.JWT);
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
        assertThat(settings.mode()).isEqualTo(IdentityMode.GATEWAY);
        assertThat(settings.jwt().issuer()).isEqualTo("https://login.example.org/");
        assertThat(settings.jwt().jwkSetUri()).isEqualTo("https://login.example.org/jwks");
        assertThat(settings.claims().scopes()).containsExactly("scp", "roles");
        assertThat(settings.tenants().allowed()).isEmpty();
    }

    @Test
    void readsListsValueByValue() {
        assertThat(read(
                                Map.of(
                                        "ORDERS_IDENTITY_MODE", "gateway",
                                        "ORDERS_IDENTITY_TENANTS_ALLOWED_0", "acme",
                                        "ORDERS_IDENTITY_TENANTS_ALLOWED_1", "globex, inc."),
                                Map.of("orders.identity.tenants.allowed", "initech"))
                        .tenants()
                        .allowed())
                .containsExactly("acme", "globex, inc.");
    }

    @Test
    void prefersTheEnvironmentForAnyFormOfAList() {
        assertThat(read(
                                Map.of(
                                        "ORDERS_IDENTITY_MODE", "gateway",
                                        "ORDERS_IDENTITY_TENANTS_ALLOWED", "acme",
                                        "ORDERS_IDENTITY_CLAIMS_TENANT", "tid"),
                                Map.of("orders.identity.claims.tenant[0]", "custom:tenant_id"))
                        .claims()
                        .tenant())
                .containsExactly("tid");
    }

    @Test
    void takesAliasesAsTheyAreWritten() {
        String json = "{\"X1Y2Z\": \"${acme}\"}";

        assertThat(read(
                                Map.of(
                                        "ORDERS_IDENTITY_MODE", "gateway",
                                        "ORDERS_IDENTITY_TENANTS_ALLOWED", "X1Y2Z",
                                        "ORDERS_IDENTITY_TENANTS_ALIAS", json),
                                Map.of())
                        .tenants()
                        .alias())
                .isEqualTo(json);
    }

    @Test
    void fillsInWhatAValueRefersTo() {
        assertThat(read(
                                Map.of("REALM", "shop", "ORDERS_IDENTITY_MODE", "gateway"),
                                Map.of("orders.identity.jwt.issuer", "https://login.example.org/${REALM}/"))
                        .jwt()
                        .issuer())
                .isEqualTo("https://login.example.org/shop/");
    }

    private static IdentitySettings read(Map<String, String> variables, Map<String, String> file) {
        return IdentitySettings.of(SettingsReader.of(TestEnvironment.of(variables, file)));
    }
}
