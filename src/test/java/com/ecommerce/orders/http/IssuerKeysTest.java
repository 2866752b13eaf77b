package com.ecommerce.orders.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ecommerce.orders.conformance.Tokens;
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
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of tokens while their issuer is down, changes its keys, or is not the one who signed them. */
class IssuerKeysTest {

    private static final Tokens TOKENS = new Tokens();
    private static final Tokens STRANGER = new Tokens();
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(100);

    private final AtomicInteger fetches = new AtomicInteger();
    private volatile String keys = TOKENS.jwkSetJson();
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
    void anIssuerThatIsDownAtTheStartIs503AndServesByItselfWhenItIsBack() throws Exception {
        stopIssuer();
        JwtAuthenticator authenticator = authenticator(SHORT, HOUR, HOUR);
        for (int i = 0; i < 5; i++) {
            assertUnavailable(authenticator, token(TOKENS));
        }
        start(port);

        Thread.sleep(2 * SHORT.toMillis());
        assertAccepted(authenticator, token(TOKENS));
    }

    @Test
    void anIssuerThatGoesDownLaterIsNotMissed() throws Exception {
        JwtAuthenticator authenticator = authenticator(SHORT, SHORT.plusMillis(1), HOUR);
        assertAccepted(authenticator, token(TOKENS));
        stopIssuer();

        for (int i = 0; i < 5; i++) {
            Thread.sleep(SHORT.toMillis());
            assertAccepted(authenticator, token(TOKENS));
        }
    }

    @Test
    void anOutageBeyondToleranceIs503AndNeverBlamesTheToken() throws Exception {
        JwtAuthenticator authenticator = authenticator(HOUR, HOUR.plusMillis(1), SHORT);
        // Keys that were had once, and whose lifetime is over: as if hours had passed.
        JwtAuthenticator later = authenticator(SHORT, SHORT.plusMillis(1), Duration.ofMillis(1));
        assertAccepted(authenticator, token(TOKENS));
        assertAccepted(later, token(TOKENS));
        stopIssuer();

        Thread.sleep(2 * SHORT.toMillis());
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
    void aFloodOfUnknownKeysIsRefusedAndTheIssuerAskedTwiceAtMost() {
        JwtAuthenticator authenticator = authenticator(HOUR, HOUR.plusMillis(1), HOUR);
        for (int i = 0; i < 200; i++) {
            assertRefused(authenticator, token(STRANGER));
        }

        assertAccepted(authenticator, token(TOKENS));
        assertThat(fetches).hasValue(2);
    }

    @Test
    void anIssuerThatAnswersNonsenseIsAsGoodAsDown() {
        keys = "<html>down for maintenance</html>";
        assertUnavailable(authenticator(HOUR, HOUR.plusMillis(1), HOUR), token(TOKENS));
    }

    @Test
    void aClockThatIsSetBackDoesNotProlongWhatIsRemembered() {
        Instant now = Instant.now();
        MovableClock clock = new MovableClock(now.plusSeconds(600));
        JwtAuthenticator authenticator = authenticator(clock, HOUR, HOUR.plusMillis(1), HOUR);
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
        issuer.start();
    }

    private JwtAuthenticator authenticator(Duration fetchInterval, Duration lifetime, Duration outageTolerance) {
        return authenticator(Clock.systemUTC(), fetchInterval, lifetime, outageTolerance);
    }

    private JwtAuthenticator authenticator(
            Clock clock, Duration fetchInterval, Duration lifetime, Duration outageTolerance) {
        String address = "http://127.0.0.1:" + port + "/keys";
        IdentitySettings settings = new IdentitySettings(
                IdentitySettings.Mode.JWT,
                new IdentitySettings.Jwt(TOKENS.issuer(), TOKENS.audience(), address, null),
                new IdentitySettings.Claims(List.of("tenant_id"), List.of("sub"), List.of("email"), List.of("scope")),
                new IdentitySettings.Tenants(List.of(), Map.of()));
        IssuerKeys issuerKeys = new IssuerKeys(settings.jwt(), fetchInterval, lifetime, outageTolerance);
        return new JwtAuthenticator(settings, issuerKeys, new CallerReader(settings), clock);
    }

    /** One that was not verified before. */
    private static String token(Tokens tokens) {
        return tokens.mint(Map.of(
                "tenant_id", "acme", "sub", "alice", "jti", UUID.randomUUID().toString()));
    }

    private static void assertAccepted(JwtAuthenticator authenticator, String token) {
        assertThat(authenticator.authenticate(request(token)).userId()).isEqualTo("alice");
    }

    private static void assertRefused(JwtAuthenticator authenticator, String token) {
        assertProblem(authenticator, token, ProblemType.UNAUTHENTICATED);
    }

    private static void assertUnavailable(JwtAuthenticator authenticator, String token) {
        assertProblem(authenticator, token, ProblemType.UNAVAILABLE);
    }

    private static void assertProblem(JwtAuthenticator authenticator, String token, ProblemType type) {
        assertThatThrownBy(() -> authenticator.authenticate(request(token)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal -> assertThat(refusal.problem().type()).isEqualTo(type));
    }

    private static ApiRequest request(String token) {
        return new ApiRequest("GET", "/orders", List.of(), Map.of("authorization", "Bearer " + token), new byte[0]);
    }

    private static final class MovableClock extends Clock {

        private Instant now;

        MovableClock(Instant now) {
            this.now = now;
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
