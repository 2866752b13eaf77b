package com.ecommerce.orders.authentication;

import com.ecommerce.orders.settings.JwtSettings;
import com.ecommerce.orders.settings.Setting;
import com.ecommerce.orders.settings.SettingException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyConverter;
import com.nimbusds.jose.jwk.source.JWKSetBasedJWKSource;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.health.HealthStatus;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.Key;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A client that fetches and caches the public keys of the issuer.
 *
 * <p>Keys are fetched when a token needs them. They are cached, and cached longer while the issuer is down. There are at
 * most two requests per interval, even if many tokens name unknown keys. A failed request is repeated once.
 */
final class JwkSetClient implements JWSKeySelector<SecurityContext> {

    /** The accepted algorithms, all with public keys. The algorithm {@code none} and shared secrets are not accepted. */
    static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private static final Duration FETCH_INTERVAL = Duration.ofSeconds(30);
    private static final Duration REFRESH_TIMEOUT = Duration.ofSeconds(4);
    private static final Duration LIFETIME = Duration.ofMinutes(15);
    private static final Duration OUTAGE_TOLERANCE = Duration.ofHours(4);

    private final JwkSetParser parser = new JwkSetParser();
    private final JWKSetSource<SecurityContext> source;
    private final Clock clock;
    private volatile boolean there;

    /**
     * Reads the settings. Fetches nothing yet.
     *
     * @param fetchInterval the interval with at most two requests to the issuer
     * @param lifetime how long keys are cached; must be longer than {@code fetchInterval}
     * @param outageTolerance how long keys are cached while the issuer is down
     */
    JwkSetClient(
            JwtSettings settings, Duration fetchInterval, Duration lifetime, Duration outageTolerance, Clock clock) {
        this.clock = clock;
        this.source = settings.jwkSet() == null
                ? fetched(address(settings.jwkSetUri()), fetchInterval, lifetime, outageTolerance)
                : given(settings.jwkSet());
    }

    /** @throws SettingException if the setting with the keys or with their address is wrong */
    static JwkSetClient of(JwtSettings settings, Clock clock) {
        return new JwkSetClient(settings, FETCH_INTERVAL, LIFETIME, OUTAGE_TOLERANCE, clock);
    }

    /** Tells whether keys were available at the last use, from the issuer or from the cache. */
    boolean areThere() {
        return there;
    }

    /** Returns the keys that may have signed a token with this header. */
    @Override
    public List<Key> selectJWSKeys(JWSHeader header, @Nullable SecurityContext context) throws KeySourceException {
        return ALGORITHMS.contains(header.getAlgorithm()) ? KeyConverter.toJavaKeys(find(header)) : List.of();
    }

    /**
     * Finds the key that the token names, if necessary in a newer key set. Otherwise finds the keys without a name. This
     * order matters: otherwise an old key without a name would hide a new key with a name.
     */
    private List<JWK> find(JWSHeader header) throws KeySourceException {
        JWKSet known = keys(JWKSetCacheRefreshEvaluator.noRefresh());
        List<JWK> named = named(known, header);
        if (!named.isEmpty()) {
            return named;
        }
        List<JWK> unnamed = unnamed(known, header);
        try {
            JWKSet newer = keys(JWKSetCacheRefreshEvaluator.referenceComparison(known));
            return named(newer, header).isEmpty() ? unnamed(newer, header) : named(newer, header);
        } catch (KeySourceException noNewerOnes) {
            if (unnamed.isEmpty()) {
                throw noNewerOnes;
            }
            return unnamed;
        }
    }

    private JWKSet keys(JWKSetCacheRefreshEvaluator refresh) throws KeySourceException {
        return source.getJWKSet(refresh, clock.millis(), null);
    }

    /** Returns the keys with the token's {@code kid}. For a token without {@code kid}, returns all keys of its algorithm. */
    private static List<JWK> named(JWKSet keys, JWSHeader header) {
        return keys.filter(ofAlgorithm(header).build()).getKeys();
    }

    private static List<JWK> unnamed(JWKSet keys, JWSHeader header) {
        return keys.filter(ofAlgorithm(header).keyIDs((String) null).build()).getKeys();
    }

    /** Also matches the curve, because the library stops at the first key with another curve. */
    private static JWKMatcher.Builder ofAlgorithm(JWSHeader header) {
        return new JWKMatcher.Builder(JWKMatcher.forJWSHeader(header))
                .curves(Curve.forJWSAlgorithm(header.getAlgorithm()));
    }

    private JWKSetSource<SecurityContext> given(String jwkSet) {
        try {
            JWKSet keys = parser.parse(jwkSet);
            if (!keys.isEmpty()) {
                return new Given(keys);
            }
        } catch (ParseException malformed) {
            // Both errors have the same message.
        }
        throw Setting.IDENTITY_JWT_JWK_SET.invalid();
    }

    private JWKSetSource<SecurityContext> fetched(
            URI address, Duration fetchInterval, Duration lifetime, Duration outageTolerance) {
        JWKSource<SecurityContext> keys = JWKSourceBuilder.create(new JwkSetFetcher(address, parser))
                .cache(lifetime.toMillis(), REFRESH_TIMEOUT.toMillis())
                .refreshAheadCache(false)
                .rateLimited(fetchInterval.toMillis())
                .healthReporting(report -> there = report.getHealthStatus() == HealthStatus.HEALTHY)
                .retrying(true)
                .outageTolerant(outageTolerance.toMillis())
                .build();
        return ((JWKSetBasedJWKSource<SecurityContext>) keys).getJWKSetSource();
    }

    private static URI address(@Nullable String text) {
        try {
            URI address = new URI(String.valueOf(text));
            if (JwkSetFetcher.isSafe(address)) {
                return address;
            }
        } catch (URISyntaxException malformed) {
            // Both errors have the same message.
        }
        throw Setting.IDENTITY_JWT_JWK_SET_URI.invalid();
    }

    /** The keys from a setting. */
    private record Given(JWKSet keys) implements JWKSetSource<SecurityContext> {

        @Override
        public JWKSet getJWKSet(
                JWKSetCacheRefreshEvaluator refresh, long currentTime, @Nullable SecurityContext context) {
            return keys;
        }

        @Override
        public void close() {}
    }
}
