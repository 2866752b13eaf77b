package com.ecommerce.orders.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.local.testkit.LocalServer;
import com.ecommerce.orders.testkit.TestDatabase;
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
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Tests with tokens that an attacker would send. The attacker has the issuer's public key and other key pairs. */
class TokenAttackTest {

    private static final String ISSUER = "https://issuer.example.org/";
    private static final String AUDIENCE = "orders-api";

    private static RSAKey issuers;
    private static RSAKey attackers;
    private static ECKey attackersCurve;
    private static HttpServer attackersKeys;
    private static final AtomicInteger FETCHED = new AtomicInteger();
    private static LocalServer server;

    @BeforeAll
    static void start() throws Exception {
        issuers = new RSAKeyGenerator(2048).keyID("issuers").generate();
        attackers = new RSAKeyGenerator(2048).keyID("issuers").generate();
        attackersCurve = new ECKeyGenerator(Curve.P_256).keyID("issuers").generate();
        attackersKeys = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        attackersKeys.createContext("/", exchange -> {
            FETCHED.incrementAndGet();
            byte[] keys = new JWKSet(attackers.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
            exchange.close();
        });
        attackersKeys.start();
        Map<String, String> settings = new HashMap<>(TestDatabase.get().settings());
        settings.put("orders.identity.jwt.issuer", ISSUER);
        settings.put("orders.identity.jwt.audience", AUDIENCE);
        settings.put("orders.identity.jwt.jwk-set", new JWKSet(issuers.toPublicJWK()).toString());
        settings.put("HOST", "127.0.0.1");
        server = LocalServer.start(settings);
    }

    @AfterAll
    static void stop() {
        server.close();
        attackersKeys.stop(0);
    }

    @Test
    void acceptsTheIssuersOwnToken() throws Exception {
        assertThat(get(sign(header(), issuers, claims())).statusCode()).isEqualTo(200);
    }

    @TestFactory
    Stream<DynamicTest> refuses() throws Exception {
        Map<String, String> tokens = new HashMap<>();
        String[] good = sign(header(), issuers, claims()).split("\\.");
        tokens.put("alg none", new PlainJWT(claims().build()).serialize());
        for (String none : List.of("none", "None", "NONE", "nOnE", "")) {
            String header = encode("{\"alg\":\"" + none + "\",\"kid\":\"issuers\"}");
            tokens.put("alg '" + none + "' without a signature", header + "." + good[1] + ".");
            tokens.put("alg '" + none + "' with the signature", header + "." + good[1] + "." + good[2]);
        }
        tokens.put("no signature", good[0] + "." + good[1] + ".");
        tokens.put("HS256 with the public key in PEM", mac(pem()));
        tokens.put(
                "HS256 with the public key in DER", mac(issuers.toRSAPublicKey().getEncoded()));
        tokens.put(
                "HS256 with the public key as JWK",
                mac(issuers.toPublicJWK().toString().getBytes(StandardCharsets.UTF_8)));
        tokens.put("HS256 with the modulus", mac(issuers.getModulus().decode()));
        tokens.put("another key of the same kid", sign(header(), attackers, claims()));
        tokens.put("another kid", sign(header().keyID("unknown"), issuers, claims()));
        tokens.put("a kid that is a path", sign(header().keyID("../../../dev/null"), attackers, claims()));
        tokens.put("a kid that is SQL", sign(header().keyID("' OR '1'='1"), attackers, claims()));
        tokens.put("no kid", sign(header().keyID(null), attackers, claims()));
        tokens.put("an embedded key", sign(header().keyID(null).jwk(attackers.toPublicJWK()), attackers, claims()));
        tokens.put("an embedded key with the kid", sign(header().jwk(attackers.toPublicJWK()), attackers, claims()));
        tokens.put("jku", sign(header().jwkURL(atTheAttackers()), attackers, claims()));
        tokens.put("x5u", sign(header().x509CertURL(atTheAttackers()), attackers, claims()));
        tokens.put(
                "the issuer's address as jku", sign(header().jwkURL(URI.create(ISSUER + "keys")), attackers, claims()));
        tokens.put("ES256 with the kid of an RSA key", curve());
        tokens.put(
                "RS512 said of an RS256 signature",
                encode("{\"alg\":\"RS512\",\"kid\":\"issuers\"}") + "." + good[1] + "." + good[2]);
        tokens.put("a critical header", sign(header().criticalParams(Set.of("exp")), issuers, claims()));
        tokens.put("an ID token's type", sign(header().type(new JOSEObjectType("dpop+jwt")), issuers, claims()));
        tokens.put("expired", sign(header(), issuers, claims().expirationTime(in(-61))));
        tokens.put("never expires", sign(header(), issuers, claims().expirationTime(null)));
        tokens.put("not yet valid", sign(header(), issuers, claims().notBeforeTime(in(120))));
        tokens.put("another issuer", sign(header(), issuers, claims().issuer("https://issuer.example.com/")));
        tokens.put("an issuer that begins alike", sign(header(), issuers, claims().issuer(ISSUER + "x")));
        tokens.put("another audience", sign(header(), issuers, claims().audience("billing-api")));
        tokens.put("no audience", sign(header(), issuers, claims().audience((String) null)));
        tokens.put(
                "another tenant written into it",
                good[0] + "."
                        + encode(claims().claim("tenant_id", "victim").build().toString()) + "." + good[2]);
        tokens.put(
                "a list of tenants", sign(header(), issuers, claims().claim("tenant_id", List.of("acme", "victim"))));
        for (String more : List.of("!!", "=", "%3D", "A", ".", ".e30")) {
            tokens.put("the issuer's own token, and " + more, String.join(".", good) + more);
        }
        tokens.put("an expiry that wraps around to 2100", overflowing());
        tokens.put("a header that is null", encode("null") + "." + good[1] + "." + good[2]);
        tokens.put("EdDSA", encode("{\"alg\":\"EdDSA\",\"kid\":\"issuers\"}") + "." + good[1] + "." + good[2]);
        tokens.put("two tokens", String.join(".", good) + ", " + String.join(".", good));
        tokens.put("more than 16 KiB", sign(header(), issuers, claims().claim("more", "x".repeat(16 * 1024))));

        return tokens.entrySet().stream()
                .map(token -> DynamicTest.dynamicTest(token.getKey(), () -> {
                    HttpResponse<String> answer = get(token.getValue());
                    assertThat(answer.statusCode()).isEqualTo(401);
                    assertThat(answer.headers().firstValue("WWW-Authenticate"))
                            .contains("Bearer error=\"invalid_token\"");
                    assertThat(answer.body()).contains("UNAUTHENTICATED").doesNotContain(good[1], "issuers");
                }));
    }

    @Test
    void neverFetchesKeysFromAnAddressInAToken() throws Exception {
        assertThat(get(sign(header().jwkURL(atTheAttackers()).x509CertURL(atTheAttackers()), attackers, claims()))
                        .statusCode())
                .isEqualTo(401);
        assertThat(FETCHED).hasValue(0);
    }

    @Test
    void limitsATokenToOneTenant() throws Exception {
        String acmes = sign(header(), issuers, claims());
        String location = server.post(
                        "/orders",
                        acmes,
                        "{\"currency\":\"EUR\",\"items\":[{\"sku\":\"A\",\"quantity\":1,\"unitPrice\":1}]}")
                .headers()
                .firstValue("Location")
                .orElseThrow();

        assertThat(server.get(location, "Authorization", "Bearer " + acmes).statusCode())
                .isEqualTo(200);
        String victims = sign(header(), issuers, claims().claim("tenant_id", "victim"));
        for (String header : List.of("X-Tenant-Id", "X-Tenant", "X-Amzn-Oidc-Data", "X-Forwarded-User", "X-User-Id")) {
            assertThat(server.get(location, "Authorization", "Bearer " + victims, header, "acme")
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    private static HttpResponse<String> get(String token) throws Exception {
        return server.get("/orders", "Authorization", "Bearer " + token);
    }

    private static URI atTheAttackers() {
        return URI.create("http://127.0.0.1:" + attackersKeys.getAddress().getPort() + "/keys");
    }

    private static JWSHeader.Builder header() {
        return new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("issuers");
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .expirationTime(in(300))
                .subject("alice")
                .claim("tenant_id", "acme")
                .claim("scope", "orders:read orders:write payments:write fulfillments:write");
    }

    private static Date in(int seconds) {
        return Date.from(Instant.now().plusSeconds(seconds));
    }

    private static String sign(JWSHeader.Builder header, RSAKey key, JWTClaimsSet.Builder claims) throws Exception {
        return sign(header.build(), new RSASSASigner(key), claims);
    }

    /** Returns a token of the issuer whose times are too large for milliseconds in a {@code long}. */
    private static String overflowing() throws Exception {
        JWSObject token = new JWSObject(
                header().build(),
                new Payload(claims().build().toString().replaceFirst("\"exp\":[0-9]+", "\"exp\":18446748176154351")));
        token.sign(new RSASSASigner(issuers));
        return token.serialize();
    }

    private static String mac(byte[] secret) throws Exception {
        return sign(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("issuers").build(), new MACSigner(secret), claims());
    }

    private static String curve() throws Exception {
        return sign(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("issuers").build(),
                new ECDSASigner(attackersCurve),
                claims());
    }

    private static String sign(JWSHeader header, JWSSigner signer, JWTClaimsSet.Builder claims) throws Exception {
        SignedJWT token = new SignedJWT(header, claims.build());
        token.sign(signer);
        return token.serialize();
    }

    private static byte[] pem() throws Exception {
        String der = java.util.Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(issuers.toRSAPublicKey().getEncoded());
        return ("-----BEGIN PUBLIC KEY-----\n" + der + "\n-----END PUBLIC KEY-----\n").getBytes(StandardCharsets.UTF_8);
    }

    private static String encode(String json) {
        return Base64URL.encode(json).toString();
    }
}
