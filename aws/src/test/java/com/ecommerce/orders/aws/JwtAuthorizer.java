package com.ecommerce.orders.aws;

import com.ecommerce.orders.conformance.Tokens;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Verifies tokens as API Gateway does, and hands on the claims as it does: as strings. */
record JwtAuthorizer(Tokens tokens) {

    /** {@code null} if the token is not valid. */
    @Nullable
    Map<String, String> claims(@Nullable String authorization) {
        try {
            if (authorization == null || !authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
                return null;
            }
            SignedJWT token = SignedJWT.parse(authorization.substring(7).strip());
            JWTClaimsSet claims = token.getJWTClaimsSet();
            boolean valid = token.verify(new RSASSAVerifier(JWKSet.parse(tokens.jwkSetJson())
                            .getKeys()
                            .get(0)
                            .toRSAKey()
                            .toRSAPublicKey()))
                    && tokens.issuer().equals(claims.getIssuer())
                    && claims.getAudience().contains(tokens.audience())
                    && claims.getExpirationTime() != null
                    && claims.getExpirationTime().after(new Date());
            return valid ? asStrings(claims.getClaims()) : null;
        } catch (ParseException | JOSEException | IllegalArgumentException invalid) {
            return null;
        }
    }

    /** A list is written as Go prints it, with spaces between. */
    private static Map<String, String> asStrings(Map<String, Object> claims) {
        Map<String, String> strings = new TreeMap<>();
        claims.forEach((name, value) -> {
            if (value instanceof List<?> list) {
                strings.put(
                        name,
                        "["
                                + String.join(
                                        " ", list.stream().map(String::valueOf).toList()) + "]");
            } else if (value instanceof Date date) {
                strings.put(name, Long.toString(date.getTime() / 1000));
            } else {
                strings.put(name, String.valueOf(value));
            }
        });
        return strings;
    }
}
