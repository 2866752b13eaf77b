package com.ecommerce.orders.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.conformance.Tokens;
import com.ecommerce.orders.postgres.TestDatabase;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is answered while somebody else holds what a request needs. */
class ContentionTest {

    private static final Tokens TOKENS = new Tokens();
    private static final String ORDER =
            "{\"currency\":\"EUR\",\"items\":[{\"sku\":\"A\",\"quantity\":1,\"unitPrice\":5}]}";

    private static LocalServer server;

    private String tenant;
    private String token;

    @BeforeAll
    static void start() {
        server = LocalServer.trusting(TOKENS, Map.of("DB_POOL_SIZE", "2"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void takeAnotherTenant() {
        tenant = "t-" + UUID.randomUUID();
        token = token(tenant);
    }

    @Test
    void aRequestWhoseTwinIsStillRunningIsToldToComeBack() throws Exception {
        try (Connection twin = transaction("INSERT INTO idempotency_keys VALUES (?, 'k', 'f', gen_random_uuid(),"
                + " gen_random_uuid(), 1, '{}', now())")) {
            assertThat(twin).isNotNull();
            HttpResponse<String> response = server.post("/orders", token, ORDER, "Idempotency-Key", "k");

            assertThat(response.statusCode()).isEqualTo(409);
            assertThat(response.body()).contains("IDEMPOTENCY_IN_FLIGHT", "\"retryable\":true");
            assertThat(response.headers().firstValue("Retry-After")).contains("1");
        }
        assertThat(server.post("/orders", token, ORDER, "Idempotency-Key", "k").statusCode())
                .isEqualTo(201);
    }

    @Test
    void aRaceThatCanNotBeWonIsAConflict() throws Exception {
        String path = place();
        try (Connection other = transaction("SELECT FROM orders WHERE tenant_id = ? FOR UPDATE")) {
            assertThat(other).isNotNull();
            HttpResponse<String> response = server.post(path + "/confirm", token, "{}");

            assertThat(response.statusCode()).isEqualTo(409);
            assertThat(response.body()).contains("\"code\":\"CONFLICT\"", "\"retryable\":true");
        }
        assertThat(server.post(path + "/confirm", token, "{}").statusCode()).isEqualTo(200);
    }

    @Test
    void aTenantThatHoldsItsShareIsBusyAndOthersAreServed() throws Exception {
        String path = place();
        try (Connection other = transaction("SELECT FROM orders WHERE tenant_id = ? FOR UPDATE")) {
            assertThat(other).isNotNull();
            CompletableFuture<HttpResponse<String>> slow = CompletableFuture.supplyAsync(() -> confirm(path));
            awaitALock();
            CompletableFuture<HttpResponse<String>> refused = CompletableFuture.supplyAsync(() -> list(token));

            assertThat(list(token("t-" + UUID.randomUUID())).statusCode()).isEqualTo(200);
            assertThat(refused.get().statusCode()).isEqualTo(429);
            assertThat(refused.get().body()).contains("TENANT_BUSY", "\"retryable\":true");
            assertThat(refused.get().headers().firstValue("Retry-After")).contains("1");
            assertThat(slow.get().statusCode()).isEqualTo(409);
        }
    }

    /** Until a statement of the application waits for the lock that the test holds. */
    private static void awaitALock() throws Exception {
        try (Connection connection = TestDatabase.get().connectAsSuperuser();
                PreparedStatement waiting = connection.prepareStatement(
                        "SELECT FROM pg_stat_activity WHERE usename = ? AND wait_event_type = 'Lock'")) {
            waiting.setString(1, TestDatabase.USER);
            while (!waiting.executeQuery().next()) {
                Thread.sleep(5);
            }
        }
    }

    private String place() throws Exception {
        return server.post("/orders", token, ORDER)
                .headers()
                .firstValue("Location")
                .orElseThrow();
    }

    private HttpResponse<String> confirm(String path) {
        try {
            return server.post(path + "/confirm", token, "{}");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpResponse<String> list(String token) {
        try {
            return server.get("/orders", "Authorization", "Bearer " + token);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String token(String tenant) {
        return TOKENS.mint(Map.of(
                "tenant_id",
                tenant,
                "sub",
                "alice",
                "email",
                "alice@example.org",
                "scope",
                "orders:read orders:write"));
    }

    /** A transaction of the tenant's that has done {@code sql} and goes on until it is closed. */
    private Connection transaction(String sql) throws SQLException {
        Connection connection = TestDatabase.get().connect();
        connection.setAutoCommit(false);
        try (PreparedStatement set = connection.prepareStatement("SELECT set_config('app.tenant_id', ?, true)");
                PreparedStatement statement = connection.prepareStatement(sql)) {
            set.setString(1, tenant);
            set.execute();
            statement.setString(1, tenant);
            statement.execute();
        }
        return connection;
    }
}
