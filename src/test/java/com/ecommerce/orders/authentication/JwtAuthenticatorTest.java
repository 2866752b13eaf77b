package com.ecommerce.orders.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ecommerce.orders.http.ApiRequest;
import com.ecommerce.orders.http.HttpProblemException;
import com.ecommerce.orders.identity.Caller;
import com.ecommerce.orders.identity.Permission;
import com.ecommerce.orders.identity.TenantId;
import com.ecommerce.orders.operation.ProblemCode;
import com.ecommerce.orders.settings.ClaimSettings;
import com.ecommerce.orders.settings.IdentityMode;
import com.ecommerce.orders.settings.IdentitySettings;
import com.ecommerce.orders.settings.JwtSettings;
import com.ecommerce.orders.settings.TenantSettings;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JwtAuthenticatorTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final String ISSUER = "https://issuer.example.org/";
    private static final String AUDIENCE = "orders-api";

    private static RSAKey rsa;
    private static RSAKey foreign;
    private static ECKey ec;
    private static KeyPair ed25519;

    @BeforeAll
    static void makeKeys() throws Exception {
        rsa = new RSAKeyGenerator(2048).keyID("rsa").generate();
        foreign = new RSAKeyGenerator(2048).keyID("rsa").generate();
        ec = new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
        ed25519 = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    }

    @Test
    void makesACallerFromAVerifiedToken() throws Exception {
        Caller caller = authenticate(sign(rsa, claims()));

        assertThat(caller)
                .isEqualTo(new Caller(
                        new TenantId("acme"),
                        "alice",
                        "alice@example.org",
                        Set.of(Permission.READ_ORDERS, Permission.WRITE_ORDERS)));
    }

    @Test
    void acceptsEllipticCurves() throws Exception {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("ec").build(), claims().build());
        token.sign(new ECDSASigner(ec));

        assertThat(authenticate(token.serialize()).userId()).isEqualTo("alice");
    }

    @Test
    void refusesEdwardsCurves() throws Exception {
        assertRefused(signEd25519());
    }

    /** The tests run in a Turkish locale, in which the lower case of I is another letter. */
    @ParameterizedTest
    @ValueSource(strings = {"JWT", "jwt", "at+jwt", "AT+JWT", "application/at+jwt", "APPLICATION/AT+JWT"})
    void acceptsAccessTokensByTheirType(String type) throws Exception {
        assertThat(authenticate(sign(rsa, typed(type), claims())).userId()).isEqualTo("alice");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "dpop+jwt", "application/dpop+jwt", "text/at+jwt", "application/", "at+jwt;x", "secevent+jwt"
            })
    void refusesTokensOfAnotherType(String type) throws Exception {
        assertRefused(sign(rsa, typed(type), claims()));
    }

    /**
     * RFC 7515, section 2: no padding, line breaks, white space or other characters; exactly one spelling for each
     * value.
     */
    @ParameterizedTest
    @ValueSource(strings = {"!!", "=", "==", "%3D", "\u0001", "\u0000", ".", "A", "é", " x", ", Bearer x"})
    void refusesATokenWithTextBehindIt(String more) throws Exception {
        String token = sign(rsa, claims());

        assertThat(authenticate(token).userId()).isEqualTo("alice");
        assertRefused(token + more);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void refusesAPartThatIsSpelledInAnotherWay(int part) throws Exception {
        String[] parts = sign(rsa, claims()).split("\\.");
        String spelled = parts[part];

        for (String other : List.of(
                "!" + spelled,
                spelled + "=",
                spelled.charAt(0) + " " + spelled.substring(1),
                spelled.charAt(0) + "\t" + spelled.substring(1))) {
            String[] changed = parts.clone();
            changed[part] = other;
            assertRefused(String.join(".", changed));
        }
    }

    /** 256 bytes are 342 characters. The last character has four unused bits. */
    @Test
    void refusesASignatureWhoseUnusedBitsAreSet() throws Exception {
        String token = sign(rsa, claims());
        String digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        int last = digits.indexOf(token.charAt(token.length() - 1));

        for (int other = last + 1; other < last + 16; other++) {
            assertRefused(token.substring(0, token.length() - 1) + digits.charAt(other));
        }
    }

    /** RFC 7797, section 7: a JWT never leaves its payload unencoded. */
    @Test
    void refusesAPayloadThatIsSignedUnencoded() throws Exception {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID("rsa")
                .base64URLEncodePayload(false)
                .criticalParams(Set.of("b64"))
                .build();
        String claims = claims().build().toString();
        JWSObject token = new JWSObject(header, new Payload(claims));
        token.sign(new RSASSASigner(rsa));

        assertRefused(header.toBase64URL() + "." + Base64URL.encode(claims) + "." + token.getSignature());
    }

    @Test
    void refusesATokenWhosePayloadWasChanged() throws Exception {
        String[] parts = sign(rsa, claims()).split("\\.");
        String payload = Base64URL.encode(
                        claims().claim("tenant_id", "globex").build().toString())
                .toString();

        assertRefused(parts[0] + "." + payload + "." + parts[2]);
    }

    @Test
    void refusesAnUnsignedToken() {
        assertRefused(new PlainJWT(claims().build()).serialize());
    }

    @Test
    void refusesATokenSignedWithThePublicKeyAsASecret() throws Exception {
        JWSSigner signer = new MACSigner(rsa.toPublicJWK().toString().getBytes(StandardCharsets.UTF_8));
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("rsa").build(), claims().build());
        token.sign(signer);

        assertRefused(token.serialize());
    }

    @Test
    void refusesAForeignKeyWithAnyHeader() throws Exception {
        assertRefused(sign(foreign, claims()));
        JWSHeader ownKey = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .jwk(foreign.toPublicJWK())
                .jwkURL(URI.create("http://127.0.0.1:9/keys"))
                .x509CertURL(URI.create("http://127.0.0.1:9/certificates"))
                .build();
        assertRefused(sign(foreign, ownKey, claims()));
        JWSHeader unknown =
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("unknown").build();
        assertRefused(sign(rsa, unknown, claims()));
    }

    @Test
    void refusesATokenOfAnotherIssuerOrForAnotherAudience() throws Exception {
        assertRefused(sign(rsa, claims().issuer("https://issuer.example.com/")));
        assertRefused(sign(rsa, claims().issuer(null)));
        assertRefused(sign(rsa, claims().audience("other-api")));
        assertRefused(sign(rsa, claims().audience((String) null)));
    }

    @Test
    void readsTheClientIdIfThereIsNoAudience() throws Exception {
        JWTClaimsSet.Builder cognito = claims().audience((String) null).claim("client_id", AUDIENCE);

        assertThat(authenticate(sign(rsa, cognito)).userId()).isEqualTo("alice");
        assertRefused(sign(rsa, claims().audience("other-api").claim("client_id", AUDIENCE)));
    }

    @Test
    void allowsAMinuteOfClockSkewAndNoMore() throws Exception {
        assertThat(authenticate(sign(rsa, claims().expirationTime(at(-59)))).userId())
                .isEqualTo("alice");
        assertRefused(sign(rsa, claims().expirationTime(at(-60))));
        assertRefused(sign(rsa, claims().expirationTime(null)));
        assertThat(authenticate(sign(rsa, claims().notBeforeTime(at(59)))).userId())
                .isEqualTo("alice");
        assertRefused(sign(rsa, claims().notBeforeTime(at(61))));
    }

    /** Seconds are stored as milliseconds: 18446745840978651 seconds would wrap around to a moment in NOW's year. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "18446745840978651",
                "-18446742306440452",
                "9223372036854775807",
                "9223372036854775",
                "-9223372036854775808",
                "99999999999999999999",
                "1e300",
                "1e999",
                "-1e300",
                "-1",
                "0",
                "1767268700.5",
                "\"1767268860\"",
                "\"2026-01-01T13:00:00Z\"",
                "null",
                "true",
                "[1767268860]",
                "{}"
            })
    void refusesAnExpiryThatIsNotInTheFuture(String expiry) throws Exception {
        assertRefused(signJson("{\"iss\":\"%s\",\"aud\":\"%s\",\"sub\":\"alice\",\"tenant_id\":\"acme\",\"exp\":%s}"
                .formatted(ISSUER, AUDIENCE, expiry)));
    }

    /** NumericDate (RFC 7519, section 2) may have a fraction, and Python's time.time() gives one. */
    @ParameterizedTest
    @ValueSource(strings = {"1767269100", "1767269100.75", "1.7672691e9", "253402300799"})
    void acceptsAFutureExpiry(String expiry) throws Exception {
        String token = signJson("{\"iss\":\"%s\",\"aud\":\"%s\",\"sub\":\"alice\",\"tenant_id\":\"acme\",\"exp\":%s}"
                .formatted(ISSUER, AUDIENCE, expiry));

        assertThat(authenticate(token).userId()).isEqualTo("alice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"18446745840978651", "9223372036854775807", "1e300", "\"0\""})
    void refusesAStartThatOverflows(String notBefore) throws Exception {
        assertRefused(signJson(
                "{\"iss\":\"%s\",\"aud\":\"%s\",\"sub\":\"alice\",\"tenant_id\":\"acme\",\"exp\":1767269100,\"nbf\":%s}"
                        .formatted(ISSUER, AUDIENCE, notBefore)));
    }

    @Test
    void refusesIdTokens() throws Exception {
        assertRefused(sign(rsa, claims().claim("token_use", "id")));
        assertThat(authenticate(sign(rsa, claims().claim("token_use", "access")))
                        .userId())
                .isEqualTo("alice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tenant_id", "sub"})
    void refusesATokenWithoutTenantOrUser(String claim) throws Exception {
        assertRefused(sign(rsa, claims().claim(claim, null)));
        assertRefused(sign(rsa, claims().claim(claim, "")));
        assertRefused(sign(rsa, claims().claim(claim, Map.of("a", "b"))));
        assertRefused(sign(rsa, claims().claim(claim, List.of("acme"))));
    }

    /** OpenID Connect Core, section 2, allows a subject of this length. Longer subjects do not fit into an index. */
    @Test
    void aUserHas255CharactersAtMost() throws Exception {
        assertThat(authenticate(sign(rsa, claims().subject("u".repeat(255)))).userId())
                .hasSize(255);
        assertRefused(sign(rsa, claims().subject("u".repeat(256))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\0b", "a\uD800", "\uDC00\uD800", "\uFFFD"})
    void refusesAClaimThatCanNotBeStored(String value) {
        ClaimsMapper callers = new ClaimsMapper(settings());

        assertThatThrownBy(() -> callers.read(Map.of("tenant_id", "acme", "sub", value)))
                .isInstanceOf(HttpProblemException.class);
        assertThatThrownBy(() -> callers.read(Map.of("tenant_id", value, "sub", "alice")))
                .isInstanceOf(HttpProblemException.class);
        assertThat(callers.read(Map.of("tenant_id", "acme", "sub", "\uD83D\uDE00", "email", value)))
                .isEqualTo(new Caller(new TenantId("acme"), "\uD83D\uDE00", null, Set.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"x", "a.b", "a.b.c", "a.b.c.d.e", "..", "\u0000", "e30.e30.e30", "e30.e30.", "bnVsbA.e30.e30"})
    void refusesWhatIsNoToken(String token) {
        assertRefused(token);
    }

    @Test
    void refusesOtherSchemesAndNoCredentialAtAll() {
        for (String header : List.of("Basic YTpi", "Bearer", "Bearer ", "Bearer\t", "", "BearerX", "Bearertoken")) {
            assertRefused(request(Map.of("authorization", header)), "Bearer");
        }
        assertRefused(request(Map.of()), "Bearer");
    }

    @ParameterizedTest
    @CsvSource({
        "Basic YTpi, The header Authorization does not use the scheme Bearer.",
        "a.b.c, The header Authorization does not use the scheme Bearer.",
        "Bearer, The request has no token."
    })
    void saysWhatIsWrongWithTheScheme(String header, String detail) {
        assertThatThrownBy(() -> authenticator().authenticate(request(Map.of("authorization", header))))
                .isInstanceOfSatisfying(
                        HttpProblemException.class,
                        refusal -> assertThat(refusal.document().detail()).startsWith(detail));
    }

    @Test
    void ignoresWhatAGatewayClaims() {
        ApiRequest forged = new ApiRequest(
                "GET",
                "/orders",
                List.of(),
                Map.of("x-tenant-id", "acme"),
                new byte[0],
                Map.of("tenant_id", "acme", "sub", "x"));

        assertThatThrownBy(() -> authenticator().authenticate(forged)).isInstanceOf(HttpProblemException.class);
    }

    @Test
    void readsScopesAsTextOrListWithOrWithoutTheirServer() throws Exception {
        assertThat(authenticate(sign(rsa, claims().claim("scope", List.of("orders-api/orders:read", "openid"))))
                        .permissions())
                .containsExactly(Permission.READ_ORDERS);
        assertThat(authenticate(sign(rsa, claims().claim("scope", "openid https://api.example.org/orders:write")))
                        .permissions())
                .containsExactly(Permission.WRITE_ORDERS);
        assertThat(authenticate(sign(rsa, claims().claim("scope", null))).permissions())
                .isEmpty();
    }

    @Test
    void aClaimWithTheExactNameHasPriorityOverANestedClaim() throws Exception {
        IdentitySettings settings = settings(List.of("firebase.tenant"), new TenantSettings(List.of(), null), ISSUER);
        JWTClaimsSet.Builder nested = claims().claim("firebase", Map.of("tenant", "nested"));

        assertThat(authenticate(settings, sign(rsa, nested)).tenant()).isEqualTo(new TenantId("nested"));
        assertThat(authenticate(settings, sign(rsa, nested.claim("firebase.tenant", "exact")))
                        .tenant())
                .isEqualTo(new TenantId("exact"));
    }

    @Test
    void oneTenantHasOneNameOnEveryCloud() throws Exception {
        IdentitySettings settings = settings(
                List.of("tid"),
                new TenantSettings(List.of("11-22", "33-44"), "{\"11-22\":\"acme\"}"),
                "https://login.example.org/{tid}/v2.0");
        UnaryOperator<JWTClaimsSet.Builder> of = claims -> claims.issuer("https://login.example.org/11-22/v2.0");

        assertThat(authenticate(settings, sign(rsa, of.apply(claims()).claim("tid", "11-22")))
                        .tenant())
                .isEqualTo(new TenantId("acme"));
        assertRefused(settings, sign(rsa, of.apply(claims()).claim("tid", "33-44")));
        assertRefused(
                settings,
                sign(
                        rsa,
                        claims().issuer("https://login.example.org/55-66/v2.0").claim("tid", "55-66")));
    }

    /** The same settings serve every cloud. Trusted issuers do not let tenants choose their names. */
    @Test
    void anAliasAndTheNameThatItLeadsToAreOneTenant() throws Exception {
        IdentitySettings aliased =
                settings(List.of("tenant_id"), new TenantSettings(List.of(), "{\"x1y2\":\"acme\"}"), ISSUER);

        for (String name : List.of("x1y2", "acme")) {
            assertThat(authenticate(aliased, sign(rsa, claims().claim("tenant_id", name)))
                            .tenant())
                    .isEqualTo(new TenantId("acme"));
        }
        assertThat(authenticate(aliased, sign(rsa, claims().claim("tenant_id", "globex")))
                        .tenant())
                .isEqualTo(new TenantId("globex"));
    }

    private static Caller authenticate(String token) {
        return authenticate(settings(), token);
    }

    private static Caller authenticate(IdentitySettings settings, String token) {
        return authenticator(settings).authenticate(request(Map.of("authorization", "Bearer " + token)));
    }

    private static JwtAuthenticator authenticator() {
        return authenticator(settings());
    }

    private static JwtAuthenticator authenticator(IdentitySettings settings) {
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        return new JwtAuthenticator(
                settings, JwkSetClient.of(settings.jwt(), clock), new ClaimsMapper(settings), clock);
    }

    private static void assertRefused(String token) {
        assertRefused(settings(), token);
    }

    private static void assertRefused(IdentitySettings settings, String token) {
        assertRefused(
                authenticator(settings),
                request(Map.of("authorization", "Bearer " + token)),
                "Bearer error=\"invalid_token\"");
    }

    private static void assertRefused(ApiRequest request, String challenge) {
        assertRefused(authenticator(), request, challenge);
    }

    private static void assertRefused(JwtAuthenticator authenticator, ApiRequest request, String challenge) {
        assertThatThrownBy(() -> authenticator.authenticate(request))
                .isInstanceOfSatisfying(HttpProblemException.class, refusal -> {
                    assertThat(refusal.document().code()).isEqualTo(ProblemCode.UNAUTHENTICATED);
                    assertThat(refusal.document().headers()).containsEntry("WWW-Authenticate", challenge);
                });
    }

    private static ApiRequest request(Map<String, String> headers) {
        return new ApiRequest("GET", "/orders", List.of(), headers, new byte[0]);
    }

    private static IdentitySettings settings() {
        return settings(List.of("tenant_id"), new TenantSettings(List.of(), null), ISSUER);
    }

    private static IdentitySettings settings(List<String> tenant, TenantSettings tenants, String issuer) {
        return new IdentitySettings(
                IdentityMode.JWT,
                new JwtSettings(issuer, AUDIENCE, null, keys().toString()),
                new ClaimSettings(tenant, List.of("sub"), List.of("email"), List.of("scope")),
                tenants,
                "");
    }

    private static JWKSet keys() {
        byte[] encoded = ed25519.getPublic().getEncoded();
        JWK edKey = new OctetKeyPair.Builder(
                        Curve.Ed25519,
                        Base64URL.encode(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length)))
                .keyID("ed")
                .build();
        return new JWKSet(List.of(rsa.toPublicJWK(), ec.toPublicJWK(), edKey));
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .expirationTime(at(300))
                .subject("alice")
                .claim("tenant_id", "acme")
                .claim("email", "alice@example.org")
                .claim("scope", "orders:read orders:write");
    }

    private static Date at(int seconds) {
        return Date.from(NOW.plusSeconds(seconds));
    }

    private static String sign(RSAKey key, JWTClaimsSet.Builder claims) throws Exception {
        return sign(
                key,
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
                claims);
    }

    private static String sign(RSAKey key, JWSHeader header, JWTClaimsSet.Builder claims) throws Exception {
        SignedJWT token = new SignedJWT(header, claims.build());
        token.sign(new RSASSASigner(key));
        return token.serialize();
    }

    /** Creates a token with claims that the builder of claims can't write. */
    private static String signJson(String claims) throws Exception {
        JWSObject token = new JWSObject(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("rsa").build(), new Payload(claims));
        token.sign(new RSASSASigner(rsa));
        return token.serialize();
    }

    private static JWSHeader typed(String type) {
        return new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID("rsa")
                .type(new JOSEObjectType(type))
                .build();
    }

    private static String signEd25519() throws Exception {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.EdDSA).keyID("ed").build();
        String input =
                header.toBase64URL() + "." + Base64URL.encode(claims().build().toString());
        Signature signer = Signature.getInstance("Ed25519");
        signer.initSign(ed25519.getPrivate());
        signer.update(input.getBytes(StandardCharsets.US_ASCII));
        return input + "." + Base64URL.encode(signer.sign());
    }
}
