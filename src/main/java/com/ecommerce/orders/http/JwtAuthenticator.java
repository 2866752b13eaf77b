package com.ecommerce.orders.http;

import com.ecommerce.orders.identity.Caller;
import com.ecommerce.orders.settings.SettingException;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.net.MalformedURLException;
import java.net.URI;
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
    private static final Duration FETCH_TIMEOUT = Duration.ofSeconds(2);
    private static final int MAX_JWK_SET_BYTES = 100 * 1024;
    private static final Duration KEYS_LIFETIME = Duration.ofMinutes(15);
    private static final Duration OUTAGE_TOLERANCE = Duration.ofHours(4);
    private static final Duration FETCH_INTERVAL = Duration.ofSeconds(30);

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
    private final CallerReader callers;
    private volatile boolean keysSeen;
    private final Clock clock;
    private final ConcurrentLruCache<String, Verified> verified =
            new ConcurrentLruCache<>(REMEMBERED_TOKENS, this::verify);

    JwtAuthenticator(IdentitySettings settings, CallerReader callers, Clock clock) {
        this.callers = callers;
        this.clock = clock;
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        processor.setJWSKeySelector(new Ed25519.KeySelector<>(ALGORITHMS, keys(settings.jwt())));
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
        if (known.until().isAfter(clock.instant())) {
            return known.caller();
        }
        verified.remove(token);
        return verified.get(token).caller();
    }

    private Verified verify(String token) {
        try {
            JWTClaimsSet claims = processor.process(token, null);
            keysSeen = true;
            Instant now = clock.instant();
            Instant expiry = claims.getExpirationTime().toInstant().plus(TokenRules.CLOCK_SKEW);
            Instant until = expiry.isBefore(now.plus(MEMORY)) ? expiry : now.plus(MEMORY);
            return new Verified(callers.read(claims.getClaims()), until);
        } catch (KeySourceException unreachable) {
            if (keysSeen && unreachable instanceof RateLimitReachedException) {
                // Somebody keeps sending keys that the issuer doesn't have: that is no reason to ask it each time.
                throw Authenticator.refuse("The token is signed by a key that the issuer does not have");
            }
            LOG.warn("The issuer's keys can't be fetched: {}", unreachable.getMessage());
            throw new ProblemException(
                    ProblemType.UNAVAILABLE,
                    "The token can't be verified right now; send the request again in a moment");
        } catch (BadJOSEException | JOSEException | ParseException | IllegalArgumentException invalid) {
            throw Authenticator.refuse("The token is not valid: expired, or not signed by the issuer for this API");
        }
    }

    private static JWKSource<SecurityContext> keys(IdentitySettings.Jwt settings) {
        if (settings.jwkSet() != null) {
            try {
                return new ImmutableJWKSet<>(JWKSet.parse(settings.jwkSet()));
            } catch (ParseException malformed) {
                throw new SettingException(
                        "ORDERS_IDENTITY_JWT_JWKSET", "must be a JWK set (RFC 7517)", "{\"keys\":[...]}");
            }
        }
        try {
            int timeout = (int) FETCH_TIMEOUT.toMillis();
            return JWKSourceBuilder.create(
                            URI.create(String.valueOf(settings.jwkSetUri())).toURL(),
                            new DefaultResourceRetriever(timeout, timeout, MAX_JWK_SET_BYTES))
                    .cache(KEYS_LIFETIME.toMillis(), 2 * FETCH_TIMEOUT.toMillis())
                    .refreshAheadCache(false)
                    .rateLimited(FETCH_INTERVAL.toMillis())
                    .retrying(true)
                    .outageTolerant(OUTAGE_TOLERANCE.toMillis())
                    .build();
        } catch (MalformedURLException | IllegalArgumentException malformed) {
            throw new SettingException(
                    "ORDERS_IDENTITY_JWT_JWKSETURI",
                    "must be an address",
                    "https://login.example.org/.well-known/jwks.json");
        }
    }

    /** @param until when to look again */
    private record Verified(Caller caller, Instant until) {}
}
