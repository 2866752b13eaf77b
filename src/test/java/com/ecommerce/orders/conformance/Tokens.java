package com.ecommerce.orders.conformance;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;

/**
 * An issuer for tests, with a key pair of its own. The claims of the cases are {@code tenant_id}, {@code sub},
 * {@code email} and {@code scope}; a platform that names them otherwise passes its names.
 */
public final class Tokens {

    private static final Duration LIFETIME = Duration.ofHours(1);
    private static final int KEY_BITS = 2048;

    private final String issuer;
    private final String audience;
    private final Map<String, String> claimNames;
    private final RSAKey key;

    /** An issuer that uses the plain claim names. */
    public Tokens() {
        this("https://issuer.example.org", "orders-api", Map.of());
    }

    /** @param claimNames the platform's names by ours, such as {@code tenant_id -> custom:tenant_id} */
    public Tokens(String issuer, String audience, Map<String, String> claimNames) {
        this.issuer = issuer;
        this.audience = audience;
        this.claimNames = Map.copyOf(claimNames);
        this.key = newKey();
    }

    /** The {@code iss} of every token. */
    public String issuer() {
        return issuer;
    }

    /** The {@code aud} of every token. */
    public String audience() {
        return audience;
    }

    /** The public key, as a JWK set (RFC 7517, section 5). */
    public String jwkSetJson() {
        return new JWKSet(key.toPublicJWK()).toString();
    }

    /**
     * A token with these claims, signed with RS256 and valid for an hour. A claim here overrides {@code iss},
     * {@code aud}, {@code iat} or {@code exp}; null removes it.
     */
    public String mint(Map<String, Object> claims) {
        Instant now = Instant.now();
        JWTClaimsSet.Builder content = new JWTClaimsSet.Builder()
                .issuer(issuer)
                .audience(audience)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFETIME)));
        claims.forEach((name, value) -> content.claim(claimNames.getOrDefault(name, name), value));
        return sign(content.build());
    }

    private String sign(JWTClaimsSet claims) {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), claims);
        try {
            token.sign(new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("Can't sign", e);
        }
        return token.serialize();
    }

    private static RSAKey newKey() {
        try {
            return new RSAKeyGenerator(KEY_BITS)
                    .keyIDFromThumbprint(true)
                    .algorithm(JWSAlgorithm.RS256)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("Can't make a key", e);
        }
    }
}
