package com.ecommerce.orders.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserInfoTest {

    private static final String CLAIMS =
            """
            {"sub": "alice", "firebase": {"tenant": "acme-x1y2z"}, "roles": ["orders:read"], "name": "Zoë ÿÿÿ"}""";

    @ParameterizedTest
    @ValueSource(strings = {"x-apigateway-api-userinfo", "x-endpoint-api-userinfo"})
    void readsTheClaimsOfEitherProductAndKeepsNestedOnes(String header) {
        assertThat(UserInfo.claims(Map.of(header, encoded(CLAIMS))))
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
    void readsBase64WithoutPadding() {
        assertThat(UserInfo.claims(
                        Map.of("x-apigateway-api-userinfo", encoded(CLAIMS).replace("=", ""))))
                .containsEntry("sub", "alice");
    }

    @Test
    void believesNeitherOfTwoHeadersSinceOneIsTheClients() {
        assertThat(UserInfo.claims(Map.of(
                        "x-apigateway-api-userinfo", encoded(CLAIMS), "x-endpoint-api-userinfo", encoded(CLAIMS))))
                .isNull();
    }

    @Test
    void believesNoRepeatedHeader() {
        String twice = encoded(CLAIMS) + ", " + encoded(CLAIMS);

        assertThat(UserInfo.claims(Map.of("x-apigateway-api-userinfo", twice))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "\"alice\"", "{\"sub\": \"alice\"} {}", "\uFFFD"})
    void hasNoClaimsInWhatIsNoObject(String json) {
        assertThat(UserInfo.claims(Map.of("x-apigateway-api-userinfo", encoded(json))))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"***", "{\"sub\":\"alice\"}", "a"})
    void hasNoClaimsInWhatIsNoBase64(String value) {
        assertThat(UserInfo.claims(Map.of("x-apigateway-api-userinfo", value))).isNull();
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
