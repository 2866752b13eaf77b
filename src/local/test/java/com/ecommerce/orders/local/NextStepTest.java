package com.ecommerce.orders.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.http.ApiResponse;
import com.ecommerce.orders.local.testkit.LocalServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The messages of the local server name the next step. */
class NextStepTest {

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
    void namesTheTokensInA401() throws Exception {
        assertThat(server.get("/orders").body())
                .contains("\"detail\":\"The request has no token. Send Authorization: Bearer <token>."
                        + " GET /dev/token issues a token for development.\"");
    }

    @Test
    void addsTheNextStepAsASentence() {
        byte[] body = "{\"detail\":\"The token's tenant is too long\"}".getBytes(StandardCharsets.UTF_8);
        assertThat(new String(NextStep.addTo(ApiResponse.json(401, body)).body(), StandardCharsets.UTF_8))
                .contains("is too long. GET /dev/token issues");
    }

    @Test
    void namesTheDocsForAPathThatDoesNotExist() throws Exception {
        assertThat(server.get("/order").body())
                .contains("\"status\":404", "/docs shows all operations, to read and to try.");
    }

    @Test
    void addsNothingForAnOrderThatDoesNotExist() throws Exception {
        String token = server.get("/dev/token").body();
        assertThat(server.get("/orders/00000000-0000-7000-8000-000000000000", "Authorization", "Bearer " + token)
                        .body())
                .contains("\"status\":404")
                .doesNotContain("/docs");
    }

    @Test
    void addsNothingBehindAProxy() throws Exception {
        assertThat(server.get("/orders", "X-Forwarded-For", "127.0.0.1").body())
                .contains("\"status\":401")
                .doesNotContain("/dev/token");
    }

    @Test
    void namesTheNearestFunction() throws Exception {
        String token = server.get("/dev/token").body();
        assertThat(server.post("/functions/creatOrder", token, "{}").body())
                .contains("\"status\":404", "There is no function creatOrder.", "the nearest one is createOrder.");
    }

    @Test
    void rejectsATokenWithAnUnknownScope() throws Exception {
        assertThat(server.get("/dev/token?scope=orders:raed").body())
                .contains("\"status\":400", "There is no scope orders:raed.");
    }
}
