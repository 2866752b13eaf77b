package com.ecommerce.orders.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ecommerce.orders.http.ApiRequest;
import com.ecommerce.orders.http.HttpProblemException;
import com.ecommerce.orders.operation.ProblemCode;
import com.ecommerce.orders.settings.ClaimSettings;
import com.ecommerce.orders.settings.IdentityMode;
import com.ecommerce.orders.settings.IdentitySettings;
import com.ecommerce.orders.settings.JwtSettings;
import com.ecommerce.orders.settings.SettingException;
import com.ecommerce.orders.settings.TenantSettings;
import com.ecommerce.orders.testkit.LogWatch;
import com.ecommerce.orders.testkit.Tokens;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Verification of tokens while their issuer is down, changes its keys, or did not sign them. */
class JwkSetClientTest {

    private static final Tokens TOKENS = new Tokens();
    private static final Tokens STRANGER = new Tokens();
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofSeconds(10);

    private final MovableClock clock = new MovableClock(Instant.now());
    private final AtomicInteger fetches = new AtomicInteger();
    private volatile String keys = TOKENS.jwkSetJson();
    private final AtomicInteger moves = new AtomicInteger();
    private volatile int redirect;
    private volatile String location = "";
    private HttpServer issuer;
    private int port;

    @BeforeEach
    void startIssuer() throws IOException {
        start(0);
        port = issuer.getAddress().getPort();
    }

    @AfterEach
    void stopIssuer() {
        issuer.stop(0);
    }

    @Test
    void anIssuerThatIsDownAtTheStartIs503UntilItIsBack() throws Exception {
        stopIssuer();
        JwtAuthenticator authenticator = authenticator(SHORT, HOUR, HOUR);
        for (int i = 0; i < 5; i++) {
            assertUnavailable(authenticator, token(TOKENS));
        }
        start(port);

        clock.advance(SHORT.multipliedBy(2));
        assertAccepted(authenticator, token(TOKENS));
    }

    @Test
    void anIssuerThatGoesDownLaterCausesNoFailure() throws Exception {
        JwtAuthenticator authenticator = authenticator(SHORT, SHORT.plusMillis(1), HOUR);
        assertAccepted(authenticator, token(TOKENS));
        stopIssuer();

        for (int i = 0; i < 5; i++) {
            clock.advance(SHORT);
            assertAccepted(authenticator, token(TOKENS));
        }
    }

    @Test
    void aLongOutageIs503AndNever401() throws Exception {
        JwtAuthenticator authenticator = authenticator(HOUR, HOUR.plusMillis(1), SHORT);
        // The lifetime of the cached keys is over, as after several hours.
        JwtAuthenticator later = authenticator(SHORT, SHORT.plusMillis(1), Duration.ofMillis(1));
        assertAccepted(authenticator, token(TOKENS));
        assertAccepted(later, token(TOKENS));
        stopIssuer();

        clock.advance(SHORT.multipliedBy(2));
        for (int i = 0; i < 5; i++) {
            assertUnavailable(later, token(TOKENS));
        }
        assertAccepted(authenticator, token(TOKENS));
    }

    @Test
    void aNewKeyIsKnownWithTheFirstTokenThatItSigned() {
        JwtAuthenticator authenticator = authenticator(HOUR, HOUR.plusMillis(1), HOUR);
        assertAccepted(authenticator, token(TOKENS));
        Tokens rotated = new Tokens();
        keys = rotated.jwkSetJson();

        assertAccepted(authenticator, token(rotated));
        assertRefused(authenticator, token(TOKENS));
        assertThat(fetches).hasValue(2);
    }

    @Test
    void aFloodOfUnknownKeysIsRefusedAndCausesTwoFetchesAtMost() {
        JwtAuthenticator authenticator = authenticator(HOUR, HOUR.plusMillis(1), HOUR);
        for (int i = 0; i < 200; i++) {
            assertRefused(authenticator, token(STRANGER));
        }

        assertAccepted(authenticator, token(TOKENS));
        assertThat(fetches).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>down for maintenance</html>",
                "",
                "null",
                "[]",
                "{}",
                "{\"keys\":{}}",
                "{\"keys\":null}",
                "{\"keys\":[",
                "{\"keys\":[]}",
                "{\"keys\":[null,7,{\"kty\":\"EC\"}]}"
            })
    void anIssuerThatAnswersNonsenseIsAsGoodAsDown(String answer) {
        keys = answer;
        assertUnavailable(authenticator(HOUR, HOUR.plusMillis(1), HOUR), token(TOKENS));
    }

    @Test
    void aSetOfMoreThan100KiBIsNotRead() {
        keys = TOKENS.jwkSetJson().replace("{\"keys\"", "{\"more\":\"" + "x".repeat(100 * 1024) + "\",\"keys\"");
        assertUnavailable(authenticator(HOUR, HOUR.plusMillis(1), HOUR), token(TOKENS));
    }

    /** RFC 7517, section 5: an implementation ignores a key that it doesn't understand, and keeps the others. */
    @ParameterizedTest
    @MethodSource("com.ecommerce.orders.authentication.BadKeys#all")
    void skipsAKeyThatCanNotBeUsed(String key) {
        keys = TOKENS.jwkSetJson().replace("[", "[" + key + ",");
        assertAccepted(authenticator(HOUR, HOUR.plusMillis(1), HOUR), token(TOKENS));

        keys = TOKENS.jwkSetJson().replace("]", "," + key + "]");
        assertAccepted(authenticator(HOUR, HOUR.plusMillis(1), HOUR), token(TOKENS));
    }

    @ParameterizedTest
    @MethodSource("com.ecommerce.orders.authentication.BadKeys#all")
    void skipsAGivenKeyThatCanNotBeUsed(String key) {
        String given = TOKENS.jwkSetJson().replace("[", "[" + key + ",");

        assertAccepted(authenticator(null, given), token(TOKENS));
    }

    /** Keys that were all withdrawn must not serve any longer. Only the keys of an issuer that is down may. */
    @Test
    void aSetThatHasNoUsableKeyAnyMoreIs503() throws Exception {
        JwtAuthenticator authenticator = authenticator(SHORT, SHORT.plusMillis(1), HOUR);
        assertAccepted(authenticator, token(TOKENS));
        keys = "{\"keys\":[]}";

        clock.advance(SHORT.multipliedBy(2));
        assertUnavailable(authenticator, token(TOKENS));
    }

    @ParameterizedTest
    @MethodSource("com.ecommerce.orders.authentication.BadKeys#all")
    void aSettingWithoutAUsableKeyStopsTheStart(String key) {
        assertThatThrownBy(() -> authenticator(null, "{\"keys\":[" + key + "]}"))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("The setting ORDERS_IDENTITY_JWT_JWKSET must ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "null", "{}", "{\"keys\":[]}", "{\"keys\":7}"})
    void aSettingThatIsNoJwkSetStopsTheStart(String given) {
        assertThatThrownBy(() -> authenticator(null, given))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("The setting ORDERS_IDENTITY_JWT_JWKSET must ");
    }

    @Test
    void namesEachSkippedKeyOnceAndNeverItsMaterial() throws Exception {
        keys = TOKENS.jwkSetJson()
                .replace(
                        "[",
                        "[" + BadKeys.OFF_THE_CURVE + ",{\"kty\":\"EC\",\"x\":\"AQEBAQEBAQ\"},"
                                + "{\"kty\":\"RSA\",\"kid\":\"a\\nb\\u2028c\",\"n\":\"AQEBAQEBAQ\"},");
        JwtAuthenticator authenticator = authenticator(SHORT, SHORT.plusMillis(1), HOUR);
        try (LogWatch log = LogWatch.start()) {
            for (int i = 0; i < 3; i++) {
                assertAccepted(authenticator, token(TOKENS));
                clock.advance(SHORT.multipliedBy(2));
            }

            assertThat(log.lines().stream().filter(line -> line.contains("skipped")))
                    .hasSize(3)
                    .anyMatch(line -> line.contains("key off-the-curve "))
                    .anyMatch(line -> line.contains("key number 2 "))
                    .anyMatch(line -> line.contains("key a?b?c "))
                    .noneMatch(line -> line.contains("AQEBAQEB"));
        }
        assertThat(fetches).hasValueGreaterThan(2);
    }

    @Test
    void aKeyWithoutANameMayBeUsed() throws Exception {
        keys = unnamed(TOKENS);
        assertAccepted(authenticator(HOUR, HOUR.plusMillis(1), HOUR), token(TOKENS));
        assertAccepted(authenticator(null, keys), token(TOKENS));
        assertRefused(authenticator(null, keys), token(STRANGER));
    }

    /** Each token names a key that no set has. After the second token the API does not call the issuer. */
    @Test
    void aKeyWithoutANameIsUsedAfterManyTokensWithAnotherName() {
        keys = unnamed(TOKENS);
        JwtAuthenticator authenticator = authenticator(HOUR, HOUR.plusMillis(1), HOUR);
        for (int i = 0; i < 10; i++) {
            assertAccepted(authenticator, token(TOKENS));
            assertRefused(authenticator, token(STRANGER));
        }
        assertThat(fetches).hasValue(2);
    }

    /** An old key without a name must not hide a new key that has one. */
    @Test
    void aNewKeyIsKnownBesideOneWithoutAName() {
        keys = unnamed(STRANGER);
        JwtAuthenticator authenticator = authenticator(HOUR, HOUR.plusMillis(1), HOUR);
        assertRefused(authenticator, token(TOKENS));

        keys = TOKENS.jwkSetJson();
        JwtAuthenticator another = authenticator(HOUR, HOUR.plusMillis(1), HOUR);
        assertAccepted(another, token(TOKENS));
        keys = unnamed(TOKENS).replace("]", "," + STRANGER.jwkSetJson().replaceAll("^.*\\[|].*$", "") + "]");
        assertAccepted(another, token(STRANGER));
    }

    @Test
    void aTokenWithoutAKeyNameFindsTheKeyOfItsCurve() throws Exception {
        ECKey small = new ECKeyGenerator(Curve.P_256).generate();
        ECKey large = new ECKeyGenerator(Curve.P_384).generate();
        String given = new JWKSet(List.of(large.toPublicJWK(), small.toPublicJWK())).toString();
        SignedJWT token = new SignedJWT(
                new JWSHeader(JWSAlgorithm.ES256),
                new JWTClaimsSet.Builder()
                        .issuer(TOKENS.issuer())
                        .audience(TOKENS.audience())
                        .expirationTime(Date.from(Instant.now().plusSeconds(300)))
                        .subject("alice")
                        .claim("tenant_id", "acme")
                        .build());
        token.sign(new ECDSASigner(small));

        assertAccepted(authenticator(null, given), token.serialize());
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void followsARedirect(int status) {
        redirect = status;
        location = "/keys";
        assertAccepted(authenticator("http://127.0.0.1:" + port + "/moved", null), token(TOKENS));

        location = "http://localhost:" + port + "/keys";
        assertAccepted(authenticator("http://127.0.0.1:" + port + "/moved", null), token(TOKENS));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:/etc/passwd",
                "http://192.0.2.1/keys",
                "http://127.0.0.1.example.org/keys",
                "ftp://127.0.0.1/keys",
                "jar:http://127.0.0.1/keys!/x",
                "//192.0.2.1/keys",
                "::",
                "",
                "/moved"
            })
    void followsNoRedirectThatLeadsToAnotherSchemeOrRound(String to) {
        redirect = 302;
        location = to;
        assertUnavailable(authenticator("http://127.0.0.1:" + port + "/moved", null), token(TOKENS));
        assertThat(moves).hasValueLessThan(20);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://login.example.org/keys",
                "http://127.0.0.1.example.org/keys",
                "http://127.example.org/keys",
                "http://localhost.example.org/keys",
                "http://localhost@login.example.org/keys",
                "http://192.0.2.1/keys",
                "http://0.0.0.0/keys",
                "http://[::2]/keys",
                "http://10.0.0.1/keys",
                "http:///keys",
                "http:keys",
                "https:",
                "https:///keys",
                "https:login.example.org",
                "file:///etc/keys.json",
                "file://localhost/etc/keys.json",
                "ftp://127.0.0.1/keys",
                "jar:https://login.example.org/keys!/x",
                "login.example.org/keys",
                "/keys",
                "https://login.example.org/a b",
                "::",
                ""
            })
    void anAddressThatCanBeReadOnTheWayStopsTheStart(String address) {
        assertThatThrownBy(() -> authenticator(address, null))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("The setting ORDERS_IDENTITY_JWT_JWKSETURI must ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://login.example.org/keys",
                "HTTPS://login.example.org:8443/keys?v=2",
                "http://localhost:8080/keys",
                "http://LOCALHOST/keys",
                "http://127.0.0.1/keys",
                "http://127.1.2.3:80/keys",
                "http://[::1]:8080/keys"
            })
    void acceptsAddressesOfThisMachine(String address) {
        assertThat(authenticator(address, null)).isNotNull();
    }

    @Test
    void aClockThatIsSetBackKeepsNoTokenInTheCacheLonger() {
        Instant now = Instant.now();
        clock.now = now.plusSeconds(600);
        JwtAuthenticator authenticator = authenticator(HOUR, HOUR.plusMillis(1), HOUR);
        String token = TOKENS.mint(Map.of(
                "tenant_id", "acme", "sub", "alice", "nbf", now.plusSeconds(300).getEpochSecond()));
        assertAccepted(authenticator, token);

        clock.now = now;
        assertRefused(authenticator, token);
    }

    private void start(int atPort) throws IOException {
        issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), atPort), 0);
        issuer.createContext("/keys", exchange -> {
            fetches.incrementAndGet();
            byte[] answer = keys.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            try (OutputStream body = exchange.getResponseBody()) {
                body.write(answer);
            }
        });
        issuer.createContext("/moved", exchange -> {
            moves.incrementAndGet();
            exchange.getResponseHeaders().set("Location", location);
            exchange.sendResponseHeaders(redirect, -1);
            exchange.close();
        });
        issuer.start();
    }

    private static String unnamed(Tokens tokens) {
        return tokens.jwkSetJson().replaceAll("\"kid\":\"[^\"]*\",?", "");
    }

    private JwtAuthenticator authenticator(Duration fetchInterval, Duration lifetime, Duration outageTolerance) {
        IdentitySettings settings = settings("http://127.0.0.1:" + port + "/keys", null);
        JwkSetClient issuerKeys = new JwkSetClient(settings.jwt(), fetchInterval, lifetime, outageTolerance, clock);
        return new JwtAuthenticator(settings, issuerKeys, new ClaimsMapper(settings), clock);
    }

    private static JwtAuthenticator authenticator(@Nullable String address, @Nullable String jwkSet) {
        IdentitySettings settings = settings(address, jwkSet);
        return new JwtAuthenticator(
                settings,
                JwkSetClient.of(settings.jwt(), Clock.systemUTC()),
                new ClaimsMapper(settings),
                Clock.systemUTC());
    }

    private static IdentitySettings settings(@Nullable String address, @Nullable String jwkSet) {
        return new IdentitySettings(
                IdentityMode.JWT,
                new JwtSettings(TOKENS.issuer(), TOKENS.audience(), address, jwkSet),
                new ClaimSettings(List.of("tenant_id"), List.of("sub"), List.of("email"), List.of("scope")),
                new TenantSettings(List.of(), null),
                "");
    }

    /** Returns a token that was not verified before. */
    private static String token(Tokens tokens) {
        return tokens.mint(Map.of(
                "tenant_id", "acme", "sub", "alice", "jti", UUID.randomUUID().toString()));
    }

    private static void assertAccepted(JwtAuthenticator authenticator, String token) {
        assertThat(authenticator.authenticate(request(token)).userId()).isEqualTo("alice");
    }

    private static void assertRefused(JwtAuthenticator authenticator, String token) {
        assertProblem(authenticator, token, ProblemCode.UNAUTHENTICATED);
    }

    private static void assertUnavailable(JwtAuthenticator authenticator, String token) {
        assertProblem(authenticator, token, ProblemCode.UNAVAILABLE);
    }

    private static void assertProblem(JwtAuthenticator authenticator, String token, ProblemCode type) {
        assertThatThrownBy(() -> authenticator.authenticate(request(token)))
                .isInstanceOfSatisfying(
                        HttpProblemException.class,
                        refusal -> assertThat(refusal.document().code()).isEqualTo(type));
    }

    private static ApiRequest request(String token) {
        return new ApiRequest("GET", "/orders", List.of(), Map.of("authorization", "Bearer " + token), new byte[0]);
    }

    private static final class MovableClock extends Clock {

        private Instant now;

        MovableClock(Instant now) {
            this.now = now;
        }

        void advance(Duration duration) {
            now = now.plus(duration);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }
}
