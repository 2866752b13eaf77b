package com.ecommerce.orders.authentication;

import com.ecommerce.orders.http.ApiRequest;
import com.ecommerce.orders.http.Authenticator;
import com.ecommerce.orders.http.HttpProblemException;
import com.ecommerce.orders.identity.Caller;
import com.ecommerce.orders.settings.IdentitySettings;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEProcessor;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.ConcurrentLruCache;

/**
 * An authenticator for bearer tokens (RFC 6750) that are signed JWTs (RFC 7519). It verifies them with the issuer's keys.
 * Verified tokens are cached for some minutes, because their signatures do not change.
 */
final class JwtAuthenticator implements Authenticator {

    private static final Logger LOG = LoggerFactory.getLogger(JwtAuthenticator.class);
    private static final int MAX_TOKEN_LENGTH = 16 * 1024;
    private static final int REMEMBERED_TOKENS = 1_000;
    private static final Duration MEMORY = Duration.ofMinutes(5);

    private final DefaultJOSEProcessor<SecurityContext> processor = new DefaultJOSEProcessor<>();
    private final JwtClaimsVerifier rules;
    private final JwkSetClient keys;
    private final ClaimsMapper claimsMapper;
    private final Clock clock;
    private final ConcurrentLruCache<String, Verified> verified =
            new ConcurrentLruCache<>(REMEMBERED_TOKENS, this::verify);

    JwtAuthenticator(IdentitySettings settings, JwkSetClient keys, ClaimsMapper claimsMapper, Clock clock) {
        this.rules = new JwtClaimsVerifier(settings.jwt(), clock);
        this.keys = keys;
        this.claimsMapper = claimsMapper;
        this.clock = clock;
        processor.setJWSTypeVerifier(rules);
        processor.setJWSKeySelector(keys);
    }

    @Override
    public Caller authenticate(ApiRequest request) {
        String token = token(request);
        Verified known = verified.get(token);
        if (known.holdsAt(clock.instant())) {
            return known.caller();
        }
        verified.remove(token);
        return verified.get(token).caller();
    }

    private static String token(ApiRequest request) {
        String token = Authenticator.bearerToken(request);
        if (token == null) {
            throw Authenticator.missing(
                    hasOtherScheme(request)
                            ? "The header Authorization does not use the scheme Bearer. Send Authorization: Bearer <token>."
                            : "The request has no token. Send Authorization: Bearer <token>.");
        }
        if (token.length() > MAX_TOKEN_LENGTH) {
            throw Authenticator.invalid("The token is longer than " + MAX_TOKEN_LENGTH
                    + " characters. Ask the issuer for a shorter token.");
        }
        return token;
    }

    private static boolean hasOtherScheme(ApiRequest request) {
        String header = request.headers().get("authorization");
        return header != null && !header.strip().equalsIgnoreCase(Authenticator.SCHEME.strip());
    }

    private Verified verify(String token) {
        JWTClaimsSet claims = claims(token);
        Instant now = clock.instant();
        Instant expiry = claims.getExpirationTime().toInstant().plus(JwtClaimsVerifier.CLOCK_SKEW);
        Instant until = expiry.isBefore(now.plus(MEMORY)) ? expiry : now.plus(MEMORY);
        return new Verified(claimsMapper.read(claims.getClaims()), now, until);
    }

    private JWTClaimsSet claims(String token) {
        try {
            JWSObject signed = parse(token);
            processor.process(signed, null);
            return rules.check(signed.getPayload().toJSONObject());
        } catch (KeySourceException unreachable) {
            throw withoutKey(unreachable);
        } catch (BadJOSEException | JOSEException | ParseException | RuntimeException invalid) {
            // The library also throws other exceptions, for example for a header that is null.
            throw Authenticator.invalid(
                    "The token is not valid: it has expired, or it is not from the issuer of this API. Get a new token.");
        }
    }

    private HttpProblemException withoutKey(KeySourceException unreachable) {
        if (keys.areThere() && unreachable instanceof RateLimitReachedException) {
            // Tokens that name unknown keys must not cause a request to the issuer each.
            return Authenticator.invalid(
                    "The token is signed by a key that the issuer does not have. Get a new token from the issuer.");
        }
        LOG.warn("The issuer's keys can't be fetched: {}", unreachable.toString());
        return Authenticator.unavailable("The token can't be verified right now. Send the request again in a moment.");
    }

    /**
     * Parses a token whose parts are encoded exactly as RFC 7515, section 2 says. Otherwise one token with many encodings
     * would fill the cache of verified tokens.
     */
    private static JWSObject parse(String token) throws ParseException {
        for (String part : token.split("\\.", -1)) {
            byte[] decoded = Base64.getUrlDecoder().decode(part);
            if (!Base64.getUrlEncoder().withoutPadding().encodeToString(decoded).equals(part)) {
                throw new ParseException("A part is not encoded as RFC 7515, section 2 says", 0);
            }
        }
        JWSObject signed = JWSObject.parse(token);
        if (!signed.getHeader().isBase64URLEncodePayload()) {
            throw new ParseException("RFC 7797, section 7", 0);
        }
        return signed;
    }

    /** A verified caller with a limited lifetime. A clock that is set back, before {@code from}, must not extend it. */
    private record Verified(Caller caller, Instant from, Instant until) {

        boolean holdsAt(Instant now) {
            return !now.isBefore(from) && now.isBefore(until);
        }
    }
}
