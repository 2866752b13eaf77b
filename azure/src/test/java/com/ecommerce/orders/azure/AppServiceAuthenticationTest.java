package com.ecommerce.orders.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.http.ApiUnderFuzz;
import com.ecommerce.orders.http.OrderApi;
import com.ecommerce.orders.settings.IdentityMode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;

@NullUnmarked
class AppServiceAuthenticationTest {

    private static final String PRINCIPAL =
            """
            {"auth_typ":"aad","name_typ":"name","role_typ":"roles","claims":[{"typ":"tid","val":"acme"}]}""";

    @ParameterizedTest
    @CsvSource({"GATEWAY,True", "GATEWAY,true"})
    void trustsTheHeaderIfTheSettingAndThePlatformEnableIt(IdentityMode mode, String enabled) {
        assertThat(easyAuth(mode, enabled).claims(header(PRINCIPAL))).containsEntry("tid", "acme");
    }

    @ParameterizedTest
    @CsvSource({"GATEWAY,", "GATEWAY,False", "GATEWAY,1", "JWT,True", "JWT,"})
    void ignoresTheHeaderOtherwise(IdentityMode mode, String enabled) {
        assertThat(easyAuth(mode, enabled).claims(header(PRINCIPAL))).isNull();
    }

    @Test
    void hasNoClaimsWithoutAPrincipal() {
        assertThat(easyAuth(IdentityMode.GATEWAY, "True").claims(Map.of())).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{}", "{\"claims\":{}}", "{\"claims\":[", "nonsense"})
    void hasNoClaimsInAMalformedPrincipal(String json) {
        assertThat(claims(json)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "e30", "{}", "ÿ"})
    void hasNoClaimsInAHeaderThatIsNotBase64OfAPrincipal(String header) {
        assertThat(AzureGatewayClaims.claims(header)).isNull();
    }

    @Test
    void ignoresClaimsWithoutATypeOrValue() {
        assertThat(
                        claims(
                                """
                        {"claims":[{"typ":"a"},{"val":"b"},{"typ":1,"val":"c"},{"typ":"d","val":null},7,null]}"""))
                .isEmpty();
    }

    @Test
    void mapsTheLongNamesOfClaims() {
        assertThat(
                        claims(
                                """
                        {"claims":[
                        {"typ":"http://schemas.microsoft.com/identity/claims/tenantid","val":"t"},
                        {"typ":"http://schemas.microsoft.com/identity/claims/objectidentifier","val":"o"},
                        {"typ":"http://schemas.microsoft.com/identity/claims/scope","val":"orders:read orders:write"},
                        {"typ":"http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress","val":"a@b.example"}
                        ]}"""))
                .containsEntry("tid", "t")
                .containsEntry("oid", "o")
                .containsEntry("scp", "orders:read orders:write")
                .containsEntry("preferred_username", "a@b.example");
    }

    @Test
    void prefersTheNamesOfTheToken() {
        assertThat(
                        claims(
                                """
                        {"claims":[{"typ":"tid","val":"short"},
                        {"typ":"http://schemas.microsoft.com/identity/claims/tenantid","val":"long"}]}"""))
                .containsEntry("tid", "short");
    }

    @Test
    void collectsTheValuesOfARepeatedClaim() {
        assertThat(
                        claims(
                                """
                        {"claims":[{"typ":"groups","val":"a"},{"typ":"groups","val":"b"},{"typ":"tid","val":"t"},
                        {"typ":"tid","val":"t"}]}"""))
                .containsEntry("groups", List.of("a", "b"))
                .containsEntry("tid", "t");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"typ\":\"tid\",\"val\":\"orgacme\"}",
                "{\"typ\":\"tid\",\"val\":\"ORG:ACME\"}",
                "{\"typ\":\"tid\",\"val\":\"org:acme \"}",
                "{\"typ\":\"tid\",\"val\":\"acme\"}",
                "{\"typ\":\"tid\",\"val\":\"\"}",
                "{\"typ\":\"tid\",\"val\":7}",
                "{\"typ\":\"tid\",\"val\":[\"org:acme\"]}",
                "{\"typ\":\"tid\",\"val\":\"org:acme\"},{\"typ\":\"tid\",\"val\":\"globex\"}",
                "{\"typ\":\"TID\",\"val\":\"org:acme\"}",
                "{\"typ\":\"tid \",\"val\":\"org:acme\"}",
                "{\"typ\":\"t-id\",\"val\":\"org:acme\"}",
                "{\"typ\":\"tid\",\"val\":\"stranger\"},"
                        + "{\"typ\":\"http://schemas.microsoft.com/identity/claims/tenantid\",\"val\":\"org:acme\"}"
            })
    void matchesAnAliasOnlyByItsKey(String tenant) {
        OrderApi api = ApiUnderFuzz.behindAGateway(Map.of(
                "orders.identity.tenants.allowed", "org:acme,globex",
                "orders.identity.tenants.alias", "{\"org:acme\":\"acme\"}"));
        String caller = "{\"typ\":\"oid\",\"val\":\"alice\"},{\"typ\":\"scp\",\"val\":\"orders:read\"}";

        assertThat(ApiUnderFuzz.status(
                        api, claims("{\"claims\":[" + caller + ",{\"typ\":\"tid\",\"val\":\"org:acme\"}]}")))
                .isEqualTo(200);
        assertThat(ApiUnderFuzz.status(api, claims("{\"claims\":[" + caller + "," + tenant + "]}")))
                .isEqualTo(401);
    }

    @Test
    void readsRolesFromTheClaimThatThePlatformNames() {
        assertThat(
                        claims(
                                """
                        {"role_typ":"http://schemas.microsoft.com/ws/2008/06/identity/claims/role","claims":[
                        {"typ":"http://schemas.microsoft.com/ws/2008/06/identity/claims/role","val":"orders:read"},
                        {"typ":"roles","val":"orders:write"}]}"""))
                .containsEntry("roles", List.of("orders:write", "orders:read"));
    }

    private static AppServiceAuthentication easyAuth(IdentityMode mode, String enabled) {
        MockEnvironment environment = new MockEnvironment();
        if (enabled != null) {
            environment.setProperty("WEBSITE_AUTH_ENABLED", enabled);
        }
        return AppServiceAuthentication.of(environment, () -> mode);
    }

    private static Map<String, Object> claims(String json) {
        return AzureGatewayClaims.claims(header(json).get(AppServiceAuthentication.HEADER));
    }

    private static Map<String, String> header(String json) {
        return Map.of(
                AppServiceAuthentication.HEADER,
                Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8)));
    }
}
