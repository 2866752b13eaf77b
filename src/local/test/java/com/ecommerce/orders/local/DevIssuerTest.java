package com.ecommerce.orders.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ecommerce.orders.http.ApiRequest;
import com.ecommerce.orders.local.testkit.LocalServer;
import com.ecommerce.orders.settings.SettingException;
import com.ecommerce.orders.testkit.Tokens;
import com.nimbusds.jwt.SignedJWT;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of the development issuer. Behind a proxy, any client could get a token for every tenant from it. */
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
    void issuesATokenThatTheApiAccepts() throws Exception {
        String token = server.get("/dev/token").body();

        assertThat(server.get("/orders", "Authorization", "Bearer " + token).statusCode())
                .isEqualTo(200);
        assertThat(SignedJWT.parse(token).getJWTClaimsSet().getClaims())
                .containsEntry("tenant_id", "acme")
                .containsEntry("sub", "alice")
                .containsEntry("email", "alice@example.org")
                .containsEntry("scope", "orders:read orders:write payments:write fulfillments:write");
    }

    @Test
    void issuesATokenWithTheRequestedClaims() throws Exception {
        String token = server.get("/dev/token?tenant=globex&user=bob&email=bob%40example.org&scope=orders:read")
                .body();

        assertThat(SignedJWT.parse(token).getJWTClaimsSet().getClaims())
                .containsEntry("tenant_id", "globex")
                .containsEntry("sub", "bob")
                .containsEntry("email", "bob@example.org")
                .containsEntry("scope", "orders:read");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tennant=globex | ?tennant | There is no such parameter. Use tenant, user, email or scope.",
                "scope=orders:reed | ?scope | There is no scope orders:reed. Use orders:read or orders:write or payments:write or fulfillments:write.",
                "scope=orders:read%20admin | ?scope | There is no scope admin. Use orders:read or orders:write or payments:write or fulfillments:write.",
                "tenant=a&tenant=b | ?tenant | The parameter is given twice. Send it once.",
                "tenant= | ?tenant | A tenant must have 1 to 64 characters, not only spaces, and no control characters.",
                "tenant=a%0Ab | ?tenant | A tenant must have 1 to 64 characters, not only spaces, and no control characters.",
                "user=%20 | ?user | A user must have 1 to 255 characters, not only spaces.",
            })
    void refusesAParameterThatMakesAUselessToken(String query, String pointer, String detail) throws Exception {
        HttpResponse<String> response = server.get("/dev/token?" + query);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(response.body())
                .contains("\"code\":\"INVALID_PARAMETER\"", "\"pointer\":\"" + pointer + "\"", detail);
    }

    @Test
    void issuesATokenWithoutAScope() throws Exception {
        String token = server.get("/dev/token?scope=").body();

        assertThat(server.get("/orders", "Authorization", "Bearer " + token).statusCode())
                .isEqualTo(403);
    }

    @Test
    void respondsToHead() throws Exception {
        for (String path : List.of("/", "/docs", "/dev/token")) {
            assertThat(server.send("HEAD", path, "", "").statusCode()).as(path).isEqualTo(200);
        }
    }

    @Test
    void publishesOnlyThePublicKey() throws Exception {
        assertThat(server.get("/dev/jwks.json").body())
                .contains("\"kty\":\"RSA\"")
                .doesNotContain("\"d\":", "\"p\":");
    }

    @Test
    void tokensStayValidAfterARestart() {
        assertThat(DevIssuer.in(directory).jwkSet())
                .isEqualTo(DevIssuer.in(directory).jwkSet());
    }

    @Test
    void issuersStartedAtOnceInANewFolderShareOneKeyAndLeaveNoOtherFile(@TempDir Path folder) throws Exception {
        Path fresh = folder.resolve("new");
        CountDownLatch start = new CountDownLatch(1);
        List<CompletableFuture<String>> issuers = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            for (int i = 0; i < 16; i++) {
                issuers.add(CompletableFuture.supplyAsync(
                        () -> {
                            await(start);
                            return DevIssuer.in(fresh).jwkSet();
                        },
                        threads));
            }
            start.countDown();
            assertThat(issuers.stream().map(CompletableFuture::join).distinct()).hasSize(1);
        } finally {
            threads.shutdown();
        }
        try (Stream<Path> files = Files.list(fresh)) {
            assertThat(files).containsExactly(fresh.resolve("development-key.json"));
        }
    }

    @Test
    void onlyTheOwnerMayReadTheKey(@TempDir Path folder) throws Exception {
        DevIssuer.in(folder);

        assertThat(Files.getPosixFilePermissions(folder.resolve("development-key.json")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"}", "{\"kty\":\"EC\"}"})
    void saysThatTheKeyIsDamagedAndNamesTheFile(String key, @TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("development-key.json"), key);

        assertThatThrownBy(() -> DevIssuer.in(folder))
                .isInstanceOf(SettingException.class)
                .message()
                .contains("damaged: delete " + file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dev/token", "/dev/jwks.json"})
    void isHiddenFromProxies(String path) throws Exception {
        for (String header : List.of(
                "CF-Connecting-IP",
                "True-Client-IP",
                "X-Client-IP",
                "X-Envoy-External-Address",
                "X-Original-Host",
                "X-Request-Id",
                "X-Unheard-Of",
                "Forwarded",
                "X-Forwarded-For",
                "X-Forwarded-Host",
                "x-forwarded-anything",
                "Via",
                "X-Real-IP")) {
            assertThat(server.get(path, header, "127.0.0.1").statusCode()).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @CsvSource({"none,200", "same-origin,200", "same-site,404", "cross-site,404", "anything,404"})
    void isHiddenFromPagesOfOtherSites(String site, int status) throws Exception {
        assertThat(server.get("/dev/token", "Sec-Fetch-Site", site).statusCode())
                .isEqualTo(status);
    }

    @Test
    void forbidsBrowsersToCacheATokenOrGuessItsType() throws Exception {
        assertThat(server.get("/dev/token").headers().map())
                .containsEntry("x-content-type-options", List.of("nosniff"))
                .containsEntry("cache-control", List.of("no-store"));
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
    void acceptsOnlyHostNamesOfThisMachine(String host, int status) throws Exception {
        assertThat(rawGet("/dev/token", host)).startsWith("HTTP/1.1 " + status + " ");
    }

    @Test
    void isHiddenFromOtherMachines() {
        DevEndpoints endpoints = new DevEndpoints(DevIssuer.in(directory), token -> List.of());
        ApiRequest request =
                new ApiRequest("GET", "/dev/token", List.of(), Map.of("host", "localhost:8080"), new byte[0]);

        assertThat(endpoints.isOpenTo("127.0.0.1", "HTTP/1.1", request)).isTrue();
        assertThat(endpoints.isOpenTo("0:0:0:0:0:0:0:1", "HTTP/1.1", request)).isTrue();
        assertThat(endpoints.isOpenTo("192.0.2.7", "HTTP/1.1", request)).isFalse();
        assertThat(endpoints.isOpenTo("2001:db8::7", "HTTP/1.1", request)).isFalse();
    }

    @Test
    void isHiddenFromAProxyThatSpeaksAnOlderProtocol() {
        ApiRequest request =
                new ApiRequest("GET", "/dev/token", List.of(), Map.of("host", "127.0.0.1:8080"), new byte[0]);

        assertThat(new DevEndpoints(DevIssuer.in(directory), token -> List.of())
                        .isOpenTo("127.0.0.1", "HTTP/1.0", request))
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
    void doesNotExistIfAnIssuerIsSet() throws Exception {
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

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String rawGet(String path, String host) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
