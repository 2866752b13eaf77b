package com.ecommerce.orders.authentication;

import com.ecommerce.orders.settings.IdentitySettings;
import com.ecommerce.orders.settings.JwtSettings;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A verifier of the claims of a token (RFC 7519, section 4.1): the issuer, the audience and the times. */
final class JwtClaimsVerifier implements JOSEObjectTypeVerifier<SecurityContext> {

    static final Duration CLOCK_SKEW = Duration.ofSeconds(60);

    private static final String APPLICATION = "application/";
    private static final double MAX_SECONDS = Long.MAX_VALUE / 1000.0;

    private final JwtSettings settings;
    private final Clock clock;

    JwtClaimsVerifier(JwtSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** Accepts JWTs and access tokens (RFC 9068, section 4). The prefix {@code application/} is optional (RFC 7515, 4.1.9). */
    @Override
    public void verify(@Nullable JOSEObjectType type, @Nullable SecurityContext context) throws BadJOSEException {
        if (type == null) {
            return;
        }
        String name = type.getType();
        int prefix = name.regionMatches(true, 0, APPLICATION, 0, APPLICATION.length()) ? APPLICATION.length() : 0;
        if (!name.substring(prefix).equalsIgnoreCase("JWT")
                && !name.substring(prefix).equalsIgnoreCase("at+jwt")) {
            throw new BadJOSEException("other type");
        }
    }

    /**
     * Checks and returns the claims of a token whose signature was verified.
     *
     * @param payload the claims as sent; {@code null} if they are not a JSON object
     */
    JWTClaimsSet check(@Nullable Map<String, Object> payload) throws BadJWTException, ParseException {
        if (payload == null) {
            throw new BadJWTException("no claims");
        }
        checkDate(payload.get("exp"));
        checkDate(payload.get("nbf"));
        JWTClaimsSet claims = JWTClaimsSet.parse(payload);
        checkTimes(claims);
        checkParties(claims);
        return claims;
    }

    private void checkParties(JWTClaimsSet claims) throws BadJWTException, ParseException {
        if (!issuer(claims).equals(claims.getIssuer())) {
            throw new BadJWTException("other issuer");
        }
        if (!audience(claims).contains(String.valueOf(settings.audience()))) {
            throw new BadJWTException("other audience");
        }
    }

    /** Refuses seconds that overflow as milliseconds. The library counts in milliseconds and would use another time. */
    private static void checkDate(@Nullable Object seconds) throws BadJWTException {
        if (seconds instanceof Number number && Math.abs(number.doubleValue()) >= MAX_SECONDS) {
            throw new BadJWTException("time out of range");
        }
    }

    private void checkTimes(JWTClaimsSet claims) throws BadJWTException {
        Instant now = clock.instant();
        Date expires = claims.getExpirationTime();
        Date notBefore = claims.getNotBeforeTime();
        if (expires == null || !now.isBefore(expires.toInstant().plus(CLOCK_SKEW))) {
            throw new BadJWTException("expired");
        }
        if (notBefore != null && now.isBefore(notBefore.toInstant().minus(CLOCK_SKEW))) {
            throw new BadJWTException("not yet valid");
        }
    }

    private String issuer(JWTClaimsSet claims) {
        String issuer = String.valueOf(settings.issuer());
        return issuer.contains(IdentitySettings.DIRECTORY)
                ? issuer.replace(IdentitySettings.DIRECTORY, String.valueOf(claims.getClaim("tid")))
                : issuer;
    }

    /** Returns the audience. Access tokens of Cognito have {@code client_id} instead of {@code aud}. */
    private static List<String> audience(JWTClaimsSet claims) {
        return claims.getAudience().isEmpty() && claims.getClaim("client_id") instanceof String client
                ? List.of(client)
                : claims.getAudience();
    }
}
