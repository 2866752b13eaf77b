package com.ecommerce.orders.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ecommerce.orders.conformance.Tokens;
import com.ecommerce.orders.http.ApiRequest;
import com.nimbusds.jwt.SignedJWT;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An open mint behind a proxy would be the end of every tenant's privacy. */
class DevIssuerTest {

    @TempDir
    static Path directory;

    private static LocalServer server;

    @BeforeAll
    static void start() {
        server = LocalServer.withDevIssuer(directory);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void handsOutATokenThatTheApiTakes() throws Exception {
        String token = server.get("/dev/token").body();

        assertThat(server.get("/orders", "Authorization", "Bearer " + token).statusCode())
                .isEqualTo(200);
        assertThat(SignedJWT.parse(token).getJWTClaimsSet().getClaims())
                .containsEntry("tenant_id", "acme")
                .containsEntry("sub", "alice")
                .containsEntry("email", "alice@example.org")
                .containsEntry("scope", "orders:read orders:write");
    }

    @Test
    void handsOutWhatIsAskedFor() throws Exception {
        String token = server.get("/dev/token?tenant=globex&user=bob&email=bob%40example.org&scope=orders:read")
                .body();

        assertThat(SignedJWT.parse(token).getJWTClaimsSet().getClaims())
                .containsEntry("tenant_id", "globex")
                .containsEntry("sub", "bob")
                .containsEntry("email", "bob@example.org")
                .containsEntry("scope", "orders:read");
    }

    @Test
    void publishesItsPublicKeyOnly() throws Exception {
        assertThat(server.get("/dev/jwks.json").body())
                .contains("\"kty\":\"RSA\"")
                .doesNotContain("\"d\":", "\"p\":");
    }

    @Test
    void itsTokensOutliveARestart() {
        assertThat(DevIssuer.in(directory).jwkSet())
                .isEqualTo(DevIssuer.in(directory).jwkSet());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dev/token", "/dev/jwks.json"})
    void isNotThereForAProxysRequest(String path) throws Exception {
        for (String header : List.of(
                "Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "x-forwarded-anything", "Via", "X-Real-IP")) {
            assertThat(server.get(path, header, "127.0.0.1").statusCode()).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "localhost,200",
        "localhost:8080,200",
        "127.0.0.1:1,200",
        "[::1]:8080,200",
        "[::1],200",
        "example.org,404",
        "localhost.example.org,404",
        "127.0.0.1.example.org,404",
        "10.0.0.1:8080,404"
    })
    void isThereForThisMachinesNamesOnly(String host, int status) throws Exception {
        assertThat(rawGet("/dev/token", host)).startsWith("HTTP/1.1 " + status + " ");
    }

    @Test
    void isNotThereForAnotherMachine() {
        DevEndpoints endpoints = new DevEndpoints(DevIssuer.in(directory));
        ApiRequest request =
                new ApiRequest("GET", "/dev/token", List.of(), Map.of("host", "localhost:8080"), new byte[0]);

        assertThat(endpoints.isOpenTo("127.0.0.1", "HTTP/1.1", request)).isTrue();
        assertThat(endpoints.isOpenTo("0:0:0:0:0:0:0:1", "HTTP/1.1", request)).isTrue();
        assertThat(endpoints.isOpenTo("192.0.2.7", "HTTP/1.1", request)).isFalse();
        assertThat(endpoints.isOpenTo("2001:db8::7", "HTTP/1.1", request)).isFalse();
    }

    @Test
    void isNotThereForAProxyThatSpeaksAnOlderProtocol() {
        ApiRequest request =
                new ApiRequest("GET", "/dev/token", List.of(), Map.of("host", "127.0.0.1:8080"), new byte[0]);

        assertThat(new DevEndpoints(DevIssuer.in(directory)).isOpenTo("127.0.0.1", "HTTP/1.0", request))
                .isFalse();
    }

    @Test
    void listensOnLoopbackOnly() throws Exception {
        for (NetworkInterface network : NetworkInterface.networkInterfaces().toList()) {
            for (InetAddress address : network.inetAddresses()
                    .filter(one -> !one.isLoopbackAddress())
                    .toList()) {
                assertThatThrownBy(() -> new Socket(address, server.port()).close())
                        .isInstanceOf(java.io.IOException.class);
            }
        }
        assertThat(server.get("/health").statusCode()).isEqualTo(200);
    }

    @Test
    void doesNotExistOnceThereIsARealIssuer() throws Exception {
        try (LocalServer real = LocalServer.trusting(new Tokens(), Map.of())) {
            assertThat(real.get("/dev/token").statusCode()).isEqualTo(404);
            assertThat(real.get("/dev/jwks.json").statusCode()).isEqualTo(404);
            assertThat(real.get(
                                    "/orders",
                                    "Authorization",
                                    "Bearer " + server.get("/dev/token").body())
                            .statusCode())
                    .isEqualTo(401);
        }
    }

    private static String rawGet(String path, String host) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
