package com.ecommerce.orders.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ecommerce.orders.settings.SettingException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

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
                        "ORDERS_IDENTITY_CLAIMS_SCOPES", "scp, roles",
                        "ORDERS_IDENTITY_TENANTS_ALLOWED", ""),
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
                                        "ORDERS_IDENTITY_TENANTS_ALLOWED_1", "globex"),
                                Map.of("orders.identity.tenants.allowed", "initech"))
                        .tenants()
                        .allowed())
                .containsExactly("acme", "globex");
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
    void readsAliasesFromWhereverTheyAre() {
        assertThat(read(
                                Map.of("ORDERS_IDENTITY_TENANTS_ALIAS_X1Y2Z", "acme"),
                                Map.of("orders.identity.tenants.alias.globex-a1b2c", "globex"))
                        .tenants()
                        .alias())
                .containsOnly(Map.entry("x1y2z", "acme"), Map.entry("globex-a1b2c", "globex"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "jwt,gateway"})
    void namesAModeThatThereIsNot(String mode) {
        assertThatThrownBy(() -> read(Map.of("ORDERS_IDENTITY_MODE", mode), Map.of()))
                .isInstanceOf(SettingException.class)
                .hasMessage("The setting ORDERS_IDENTITY_MODE must be jwt or gateway, for example"
                        + " ORDERS_IDENTITY_MODE=jwt");
    }

    /** As Boot prepares every adapter's environment: what is set comes before what the artifact's file says. */
    private static IdentitySettings read(Map<String, Object> variables, Map<String, Object> file) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .forEach(source -> environment.getPropertySources().remove(source.getName()));
        environment
                .getPropertySources()
                .addLast(new SystemEnvironmentPropertySource(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
        environment.getPropertySources().addLast(new MapPropertySource("file", file));
        ConfigurationPropertySources.attach(environment);
        return IdentitySettings.of(environment);
    }
}
