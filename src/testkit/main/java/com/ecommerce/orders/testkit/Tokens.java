package com.ecommerce.orders.testkit;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An issuer for tests with its own key pair. The cases use the claims {@code tenant_id}, {@code sub}, {@code email} and
 * {@code scope}. A platform with other names passes its names.
 */
public final class Tokens {

    private static final Duration LIFETIME = Duration.ofHours(1);
    private static final int KEY_BITS = 2048;

    private final String issuer;
    private final String audience;
    private final Map<String, String> claimNames;
    private final RSAKey key;

    /** Creates an issuer that uses the plain claim names. */
    public Tokens() {
        this("https://issuer.example.org", "orders-api", Map.of());
    }

    /**
     * @param claimNames the platform's claim names by the plain names, such as {@code tenant_id -> custom:tenant_id}
     */
    public Tokens(String issuer, String audience, Map<String, String> claimNames) {
        this.issuer = issuer;
        this.audience = audience;
        this.claimNames = Map.copyOf(claimNames);
        this.key = newKey();
    }

    /** Returns the {@code iss} of every token. */
    public String issuer() {
        return issuer;
    }

    /** Returns the {@code aud} of every token. */
    public String audience() {
        return audience;
    }

    /** Returns the public key as a JWK set (RFC 7517, section 5). */
    public String jwkSetJson() {
        return new JWKSet(key.toPublicJWK()).toString();
    }

    /** Returns the settings with which an API trusts this issuer. */
    public Map<String, String> settings() {
        return Map.of(
                "ORDERS_IDENTITY_JWT_ISSUER", issuer,
                "ORDERS_IDENTITY_JWT_AUDIENCE", audience,
                "ORDERS_IDENTITY_JWT_JWKSET", jwkSetJson());
    }

    /**
     * Creates a token with these claims, signed with RS256 and valid for an hour. A claim here overrides {@code iss},
     * {@code aud}, {@code iat} or {@code exp}; null removes the claim.
     */
    public String mint(Map<String, Object> claims) {
        return mint(claims, null);
    }

    /** Creates the same token with this {@code typ} in the header; null for none. */
    public String mint(Map<String, Object> claims, @Nullable String type) {
        Instant now = Instant.now();
        JWTClaimsSet.Builder content = new JWTClaimsSet.Builder()
                .issuer(issuer)
                .audience(audience)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFETIME)));
        claims.forEach((name, value) -> content.claim(claimNames.getOrDefault(name, name), value));
        return sign(content.build(), type);
    }

    /**
     * Returns the claims of a token of this issuer that is unchanged and has not expired; null for any other token.
     * Stand-ins for gateways verify tokens with this method.
     */
    public @Nullable Map<String, Object> verify(String token) {
        try {
            SignedJWT signed = SignedJWT.parse(token);
            Map<String, Object> claims = signed.getPayload().toJSONObject();
            boolean valid = isSpelledStrictly(token)
                    && signed.verify(new RSASSAVerifier(key.toPublicJWK()))
                    && issuer.equals(signed.getJWTClaimsSet().getIssuer())
                    && signed.getJWTClaimsSet().getAudience().contains(audience)
                    && claims.get("exp") instanceof Number expiry
                    && expiry.doubleValue() > Instant.now().getEpochSecond()
                    && expiry.doubleValue() < Long.MAX_VALUE / 1000.0;
            return valid ? claims : null;
        } catch (ParseException | JOSEException | IllegalArgumentException invalid) {
            return null;
        }
    }

    private static boolean isSpelledStrictly(String token) {
        return Arrays.stream(token.split("\\.", -1))
                .allMatch(part -> Base64URL.encode(Base64.getUrlDecoder().decode(part))
                        .toString()
                        .equals(part));
    }

    private String sign(JWTClaimsSet claims, @Nullable String type) {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .keyID(key.getKeyID())
                        .type(type == null ? null : new JOSEObjectType(type))
                        .build(),
                claims);
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
