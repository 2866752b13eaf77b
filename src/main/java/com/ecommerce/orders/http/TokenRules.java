package com.ecommerce.orders.http;

import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.JWTClaimsSetVerifier;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a token whose signature is right must say (RFC 7519, section 4.1): for us, from our issuer, and in time. */
final class TokenRules implements JWTClaimsSetVerifier<SecurityContext> {

    static final Duration CLOCK_SKEW = Duration.ofSeconds(60);

    private final IdentitySettings.Jwt settings;
    private final Clock clock;

    TokenRules(IdentitySettings.Jwt settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public void verify(JWTClaimsSet claims, @Nullable SecurityContext context) throws BadJWTException {
        Instant now = clock.instant();
        Date expires = claims.getExpirationTime();
        Date notBefore = claims.getNotBeforeTime();
        if (expires == null || !now.isBefore(expires.toInstant().plus(CLOCK_SKEW))) {
            throw new BadJWTException("expired");
        }
        if (notBefore != null && now.isBefore(notBefore.toInstant().minus(CLOCK_SKEW))) {
            throw new BadJWTException("not yet valid");
        }
        if (!issuer(claims).equals(claims.getIssuer())) {
            throw new BadJWTException("other issuer");
        }
        if (!audience(claims).contains(String.valueOf(settings.audience()))) {
            throw new BadJWTException("other audience");
        }
    }

    private String issuer(JWTClaimsSet claims) {
        String issuer = String.valueOf(settings.issuer());
        return issuer.contains(IdentitySettings.DIRECTORY)
                ? issuer.replace(IdentitySettings.DIRECTORY, String.valueOf(claims.getClaim("tid")))
                : issuer;
    }

    /** Cognito's access tokens have no {@code aud}, but a {@code client_id}. */
    private static List<String> audience(JWTClaimsSet claims) {
        return claims.getAudience().isEmpty() && claims.getClaim("client_id") instanceof String client
                ? List.of(client)
                : claims.getAudience();
    }
}
