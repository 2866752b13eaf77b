package com.ecommerce.orders.http;

import com.ecommerce.orders.settings.SettingException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.health.HealthStatus;
import java.net.MalformedURLException;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The keys with which the issuer signs: fetched when they are needed, kept for a while, and for longer while the issuer
 * is down. However many tokens name keys that it doesn't have, it is asked twice an interval at most, each time once
 * more if it does not answer.
 */
final class IssuerKeys {

    private static final Duration FETCH_INTERVAL = Duration.ofSeconds(30);
    private static final Duration FETCH_TIMEOUT = Duration.ofSeconds(2);
    private static final int MAX_JWK_SET_BYTES = 100 * 1024;
    private static final Duration LIFETIME = Duration.ofMinutes(15);
    private static final Duration OUTAGE_TOLERANCE = Duration.ofHours(4);

    private final JWKSource<SecurityContext> source;
    private volatile boolean there;

    /**
     * @param fetchInterval in which the issuer is asked twice at most
     * @param lifetime how long keys are kept before they are fetched again, more than that
     * @param outageTolerance how long keys are kept while the issuer is down
     */
    IssuerKeys(IdentitySettings.Jwt settings, Duration fetchInterval, Duration lifetime, Duration outageTolerance) {
        this.source = settings.jwkSet() == null
                ? fetched(settings.jwkSetUri(), fetchInterval, lifetime, outageTolerance)
                : given(settings.jwkSet());
    }

    /** @throws SettingException if the setting that says what or where they are is wrong */
    static IssuerKeys of(IdentitySettings.Jwt settings) {
        return new IssuerKeys(settings, FETCH_INTERVAL, LIFETIME, OUTAGE_TOLERANCE);
    }

    JWKSource<SecurityContext> source() {
        return source;
    }

    /** Whether the keys could be had when they were last needed, from the issuer or as it last told them. */
    boolean areThere() {
        return there;
    }

    private static JWKSource<SecurityContext> given(String jwkSet) {
        try {
            return new ImmutableJWKSet<>(JWKSet.parse(jwkSet));
        } catch (ParseException malformed) {
            throw new SettingException(
                    "ORDERS_IDENTITY_JWT_JWKSET", "must be a JWK set (RFC 7517)", "{\"keys\":[...]}");
        }
    }

    private JWKSource<SecurityContext> fetched(
            @Nullable String uri, Duration fetchInterval, Duration lifetime, Duration outageTolerance) {
        try {
            int timeout = (int) FETCH_TIMEOUT.toMillis();
            return JWKSourceBuilder.create(
                            URI.create(String.valueOf(uri)).toURL(),
                            new DefaultResourceRetriever(timeout, timeout, MAX_JWK_SET_BYTES))
                    .cache(lifetime.toMillis(), 2 * FETCH_TIMEOUT.toMillis())
                    .refreshAheadCache(false)
                    .rateLimited(fetchInterval.toMillis())
                    .healthReporting(report -> there = report.getHealthStatus() == HealthStatus.HEALTHY)
                    .retrying(true)
                    .outageTolerant(outageTolerance.toMillis())
                    .build();
        } catch (MalformedURLException | IllegalArgumentException malformed) {
            throw new SettingException(
                    "ORDERS_IDENTITY_JWT_JWKSETURI",
                    "must be an address",
                    "https://login.example.org/.well-known/jwks.json");
        }
    }
}
