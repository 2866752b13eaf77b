package com.ecommerce.orders.local;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;

/** The issuer of development tokens. Its key is stored with the data, so tokens stay valid after a restart. */
final class DevIssuer {

    static final String NAME = "urn:ecommerce-order-api:development";
    static final String AUDIENCE = "orders-api";

    private static final Duration LIFETIME = Duration.ofHours(12);

    private final RSAKey key;

    private DevIssuer(RSAKey key) {
        this.key = key;
    }

    /** Returns the issuer whose key is in {@code directory}. Creates the key if the directory has none. */
    static DevIssuer in(Path directory) {
        return new DevIssuer(DevKey.in(directory));
    }

    /** Returns the public keys as a JWK set (RFC 7517, section 5). */
    String jwkSet() {
        return new JWKSet(key.toPublicJWK()).toString();
    }

    /** Returns a signed token with these claims. The token is valid for twelve hours. */
    String token(Map<String, String> claims) {
        Instant now = Instant.now();
        JWTClaimsSet.Builder content = new JWTClaimsSet.Builder()
                .issuer(NAME)
                .audience(AUDIENCE)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFETIME)));
        claims.forEach(content::claim);
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), content.build());
        try {
            token.sign(new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("The development key can't sign", e);
        }
        return token.serialize();
    }
}
