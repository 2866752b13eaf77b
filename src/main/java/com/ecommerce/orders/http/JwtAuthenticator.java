package com.ecommerce.orders.http;

import com.ecommerce.orders.identity.Caller;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.ConcurrentLruCache;

/**
 * Verifies bearer tokens (RFC 6750) that are signed JWTs (RFC 7519) against the issuer's keys. A verified token is
 * remembered for a while, since its signature will not change.
 */
final class JwtAuthenticator implements Authenticator {

    private static final Logger LOG = LoggerFactory.getLogger(JwtAuthenticator.class);
    private static final String SCHEME = "Bearer ";
    private static final int MAX_TOKEN_LENGTH = 16 * 1024;
    private static final int REMEMBERED_TOKENS = 1_000;
    private static final Duration MEMORY = Duration.ofMinutes(5);

    /** Signatures that only the issuer can make: no {@code none}, and no secret shared with us. */
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512,
            JWSAlgorithm.EdDSA,
            JWSAlgorithm.Ed25519);

    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    private final IssuerKeys keys;
    private final CallerReader callers;
    private final Clock clock;
    private final ConcurrentLruCache<String, Verified> verified =
            new ConcurrentLruCache<>(REMEMBERED_TOKENS, this::verify);

    JwtAuthenticator(IdentitySettings settings, IssuerKeys keys, CallerReader callers, Clock clock) {
        this.keys = keys;
        this.callers = callers;
        this.clock = clock;
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        processor.setJWSKeySelector(new Ed25519.KeySelector<>(ALGORITHMS, keys.source()));
        processor.setJWSVerifierFactory(new Ed25519.VerifierFactory());
        processor.setJWTClaimsSetVerifier(new TokenRules(settings.jwt(), clock));
    }

    @Override
    public Caller authenticate(ApiRequest request) {
        String header = request.header("authorization");
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw Authenticator.refuse("Send a token as Authorization: Bearer <token>");
        }
        String token = header.substring(SCHEME.length()).strip();
        if (token.length() > MAX_TOKEN_LENGTH) {
            throw Authenticator.refuse("The token is longer than " + MAX_TOKEN_LENGTH + " characters");
        }
        Verified known = verified.get(token);
        if (known.holdsAt(clock.instant())) {
            return known.caller();
        }
        verified.remove(token);
        return verified.get(token).caller();
    }

    private Verified verify(String token) {
        try {
            JWTClaimsSet claims = processor.process(token, null);
            Instant now = clock.instant();
            Instant expiry = claims.getExpirationTime().toInstant().plus(TokenRules.CLOCK_SKEW);
            Instant until = expiry.isBefore(now.plus(MEMORY)) ? expiry : now.plus(MEMORY);
            return new Verified(callers.read(claims.getClaims()), now, until);
        } catch (KeySourceException unreachable) {
            if (keys.areThere() && unreachable instanceof RateLimitReachedException) {
                // Somebody keeps sending keys that the issuer doesn't have: that is no reason to ask it each time.
                throw Authenticator.refuse("The token is signed by a key that the issuer does not have");
            }
            LOG.warn("The issuer's keys can't be fetched: {}", unreachable.toString());
            throw new ProblemException(
                    ProblemType.UNAVAILABLE,
                    "The token can't be verified right now; send the request again in a moment");
        } catch (BadJOSEException | JOSEException | ParseException | IllegalArgumentException invalid) {
            throw Authenticator.refuse(
                    "The token is not valid: expired, or not signed by the issuer for this API; get a new one from the issuer");
        }
    }

    /** Holds for a while, and not before it was made: a clock that is set back must not prolong it. */
    private record Verified(Caller caller, Instant from, Instant until) {

        boolean holdsAt(Instant now) {
            return !now.isBefore(from) && now.isBefore(until);
        }
    }
}
