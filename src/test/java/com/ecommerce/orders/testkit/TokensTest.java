package com.ecommerce.orders.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TokensTest {

    @Test
    void signsWithThePublishedKey() throws Exception {
        Tokens tokens = new Tokens();
        JWK key = JWKSet.parse(tokens.jwkSetJson()).getKeys().get(0);
        SignedJWT token = SignedJWT.parse(tokens.mint(Map.of("sub", "alice", "scope", List.of("a", "b"))));
        assertThat(key.isPrivate()).isFalse();
        assertThat(token.verify(new RSASSAVerifier(key.toRSAKey()))).isTrue();
        assertThat(token.getHeader().getKeyID()).isEqualTo(key.getKeyID());
        assertThat(token.getJWTClaimsSet().getIssuer()).isEqualTo(tokens.issuer());
        assertThat(token.getJWTClaimsSet().getAudience()).containsExactly(tokens.audience());
        assertThat(token.getJWTClaimsSet().getExpirationTime()).isInTheFuture();
        assertThat(token.getJWTClaimsSet().getClaim("scope")).isEqualTo(List.of("a", "b"));
    }

    @Test
    void namesClaimsAsThePlatformDoes() throws Exception {
        Tokens tokens = new Tokens("https://i.example.org", "a", Map.of("tenant_id", "custom:tenant_id"));
        SignedJWT token = SignedJWT.parse(tokens.mint(Map.of("tenant_id", "t", "sub", "alice")));
        assertThat(token.getJWTClaimsSet().getClaims())
                .containsEntry("custom:tenant_id", "t")
                .containsEntry("sub", "alice")
                .doesNotContainKey("tenant_id");
    }

    @Test
    void letsAClaimBeOverriddenOrRemoved() throws Exception {
        Map<String, Object> claims = new HashMap<>();
        claims.put("iss", "https://other.example.org");
        claims.put("exp", null);
        SignedJWT token = SignedJWT.parse(new Tokens().mint(claims));
        assertThat(token.getJWTClaimsSet().getIssuer()).isEqualTo("https://other.example.org");
        assertThat(token.getJWTClaimsSet().getExpirationTime()).isNull();
    }

    @Test
    void verifiesOnlyItsOwnUnchangedTokens() {
        Tokens tokens = new Tokens();
        String token = tokens.mint(Map.of("sub", "alice"), "at+jwt");
        assertThat(tokens.verify(token)).containsEntry("sub", "alice");
        for (String other : List.of("", "x", token + "!!", token + "=", new Tokens().mint(Map.of("sub", "alice")))) {
            assertThat(tokens.verify(other)).isNull();
        }
        for (Object expiry : List.of(1, 18446748176154351L, "4102444800")) {
            assertThat(tokens.verify(tokens.mint(Map.of("sub", "alice", "exp", expiry))))
                    .isNull();
        }
    }
}
