package com.ecommerce.orders.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ecommerce.orders.http.ApiUnderFuzz;
import com.ecommerce.orders.http.OrderApi;
import com.ecommerce.orders.settings.OrdersSettings;
import com.ecommerce.orders.settings.SettingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;

class GcpGatewayClaimsTest {

    private static final String CLAIMS =
            """
            {"sub": "alice", "firebase": {"tenant": "acme-x1y2z"}, "roles": ["orders:read"], "name": "Zoë ÿÿÿ"}""";

    private final GcpGatewayClaims userInfo = new GcpGatewayClaims("x-apigateway-api-userinfo");

    @Test
    void readsTheClaimsIncludingNestedClaims() {
        assertThat(userInfo.claims(Map.of("x-apigateway-api-userinfo", encoded(CLAIMS))))
                .isEqualTo(Map.of(
                        "sub",
                        "alice",
                        "firebase",
                        Map.of("tenant", "acme-x1y2z"),
                        "roles",
                        List.of("orders:read"),
                        "name",
                        "Zoë ÿÿÿ"));
    }

    @Test
    void treatsAClaimThatIsNullAsMissing() {
        String claims = "{\"sub\": null, \"firebase\": {\"tenant\": null}, \"email\": \"alice@example.org\"}";

        assertThat(userInfo.claims(Map.of("x-apigateway-api-userinfo", encoded(claims))))
                .isEqualTo(Map.of("firebase", Map.of(), "email", "alice@example.org"));
    }

    @Test
    void readsBase64WithoutPadding() {
        assertThat(userInfo.claims(
                        Map.of("x-apigateway-api-userinfo", encoded(CLAIMS).replace("=", ""))))
                .containsEntry("sub", "alice");
    }

    @Test
    void ignoresTheHeaderOfTheOtherProduct() {
        assertThat(userInfo.claims(Map.of("x-endpoint-api-userinfo", encoded(CLAIMS))))
                .isNull();
    }

    @Test
    void trustsCloudEndpointsIfTheSettingSaysSo() {
        GcpGatewayClaims endpoints = configured("X-Endpoint-API-UserInfo");

        assertThat(endpoints.claims(Map.of("x-endpoint-api-userinfo", encoded(CLAIMS))))
                .containsEntry("sub", "alice");
        assertThat(endpoints.claims(Map.of("x-apigateway-api-userinfo", encoded(CLAIMS))))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-User", "", " ", "X-Endpoint-API-UserInfo,X-User", "x-apigateway-api-userinfo "})
    void refusesASettingThatNamesAnyOtherHeader(String header) {
        assertThatThrownBy(() -> configured(header))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("ORDERS_IDENTITY_GATEWAY_HEADER");
    }

    @Test
    void ignoresARepeatedHeader() {
        String twice = encoded(CLAIMS) + ", " + encoded(CLAIMS);

        assertThat(userInfo.claims(Map.of("x-apigateway-api-userinfo", twice))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "\"alice\"", "{\"sub\": \"alice\"} {}", "\uFFFD"})
    void hasNoClaimsInAValueThatIsNoObject(String json) {
        assertThat(userInfo.claims(Map.of("x-apigateway-api-userinfo", encoded(json))))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"***", "{\"sub\":\"alice\"}", "a"})
    void hasNoClaimsInAValueThatIsNotBase64(String value) {
        assertThat(userInfo.claims(Map.of("x-apigateway-api-userinfo", value))).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"tenant\": \"orgacme\"}",
                "{\"tenant\": \"ORG:ACME\"}",
                "{\"tenant\": \"org:acme \"}",
                "{\"tenant\": \"acme\"}",
                "{\"tenant\": \"\"}",
                "{\"tenant\": 7}",
                "{\"tenant\": [\"org:acme\"]}",
                "{\"tenant\": {\"org\": \"acme\"}}",
                "{\"Tenant\": \"org:acme\"}",
                "{\"ten-ant\": \"org:acme\"}",
                "{\"tenant\": \"org:acme\", \"tenant\": \"stranger\"}",
                "\"org:acme\"",
                "[\"org:acme\"]",
                "null"
            })
    void matchesAnAliasOnlyByItsKey(String firebase) {
        OrderApi api = ApiUnderFuzz.behindAGateway(Map.of(
                "orders.identity.tenants.allowed", "org:acme,globex",
                "orders.identity.tenants.alias", "{\"org:acme\":\"acme\"}"));

        assertThat(ApiUnderFuzz.status(api, claims("{\"tenant\": \"org:acme\"}")))
                .isEqualTo(200);
        assertThat(ApiUnderFuzz.status(api, claims(firebase))).isEqualTo(401);
    }

    private static GcpGatewayClaims configured(String header) {
        return new GcpGatewayClaims(OrdersSettings.of(new MockEnvironment()
                        .withProperty("orders.identity.mode", "gateway")
                        .withProperty("orders.identity.gateway.header", header))
                .identity()
                .gatewayHeader());
    }

    private Map<String, Object> claims(String firebase) {
        String json = "{\"sub\": \"alice\", \"roles\": [\"orders:read\"], \"firebase\": " + firebase + "}";
        return userInfo.claims(Map.of("x-apigateway-api-userinfo", encoded(json)));
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
