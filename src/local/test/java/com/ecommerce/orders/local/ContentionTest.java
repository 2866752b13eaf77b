package com.ecommerce.orders.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.local.testkit.LocalServer;
import com.ecommerce.orders.testkit.Await;
import com.ecommerce.orders.testkit.TestDatabase;
import com.ecommerce.orders.testkit.TestTenant;
import com.ecommerce.orders.testkit.Tokens;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests of requests that need a lock or a connection which another request holds. */
class ContentionTest {

    private static final Tokens TOKENS = new Tokens();
    private static final String ORDER =
            "{\"currency\":\"EUR\",\"items\":[{\"sku\":\"A\",\"quantity\":1,\"unitPrice\":5}]}";
    private static final String CLAIM_KEY =
            "INSERT INTO idempotency_keys (tenant_id, key, fingerprint, change_id, order_id, version, status, answer,"
                    + " created_at) VALUES (?, 'k', 'f', gen_random_uuid(), gen_random_uuid(), 1, 200, '{}', now())";

    private static LocalServer server;

    private TestTenant tenant;
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
    void useANewTenant() {
        tenant = TestTenant.of(TOKENS);
        token = tenant.token();
    }

    @Test
    void refusesARequestWhileAnotherWithTheSameKeyRuns() throws Exception {
        try (Connection twin = tenant.transaction(CLAIM_KEY)) {
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
    void respondsWithAConflictIfTheOrderStaysLocked() throws Exception {
        String path = place();
        try (Connection other = tenant.transaction("SELECT FROM orders WHERE tenant_id = ? FOR UPDATE")) {
            assertThat(other).isNotNull();
            HttpResponse<String> response = server.post(path + "/confirm", token, "{}");

            assertThat(response.statusCode()).isEqualTo(409);
            assertThat(response.body()).contains("\"code\":\"CONFLICT\"", "\"retryable\":true");
        }
        assertThat(server.post(path + "/confirm", token, "{}").statusCode()).isEqualTo(200);
    }

    @Test
    void respondsWithAConflictIfARequestWithAKeyWaitsForAnotherLock() throws Exception {
        String path = place();
        try (Connection other = tenant.transaction("UPDATE orders SET external_ref = 'R-1' WHERE tenant_id = ?")) {
            assertThat(other).isNotNull();
            HttpResponse<String> confirmed = confirm(path, tenant, "Idempotency-Key", "row");
            HttpResponse<String> placed = server.post(
                    "/orders",
                    token,
                    ORDER.replace("{\"cur", "{\"externalRef\":\"R-1\",\"cur"),
                    "Idempotency-Key",
                    "ref");

            assertThat(confirmed.body()).contains("\"code\":\"CONFLICT\"");
            assertThat(placed.body()).contains("\"code\":\"CONFLICT\"");
        }
    }

    @Test
    void refusesATenantThatHoldsItsShareAndServesOthers() throws Exception {
        String path = place();
        try (Connection other = tenant.transaction("SELECT FROM orders WHERE tenant_id = ? FOR UPDATE")) {
            assertThat(other).isNotNull();
            CompletableFuture<HttpResponse<String>> slow = CompletableFuture.supplyAsync(() -> confirm(path));
            awaitLocks(1);
            CompletableFuture<HttpResponse<String>> refused = CompletableFuture.supplyAsync(() -> list(token));
            CompletableFuture<HttpResponse<String>> refusedWrite = CompletableFuture.supplyAsync(this::order);

            assertThat(list(TestTenant.of(TOKENS).token()).statusCode()).isEqualTo(200);
            assertThat(refused.get().statusCode()).isEqualTo(429);
            assertThat(refused.get().body()).contains("TENANT_BUSY", "\"retryable\":true");
            assertThat(refused.get().headers().firstValue("Retry-After")).contains("1");
            assertThat(refused.get().body()).doesNotContain("stored");
            assertThat(refusedWrite.get().body()).contains("TENANT_BUSY", "Nothing was stored.");
            assertThat(slow.get().statusCode()).isEqualTo(409);
        }
    }

    @Test
    void respondsWith503WhileThePoolIsEmptyAndServesAfterwards() throws Exception {
        TestTenant other = TestTenant.of(TOKENS);
        String path = place(tenant);
        String otherPath = place(other);
        String everyOrder = "SELECT FROM orders WHERE tenant_id = ? FOR UPDATE";
        try (Connection one = tenant.transaction(everyOrder);
                Connection two = other.transaction(everyOrder)) {
            assertThat(one).isNotSameAs(two);
            CompletableFuture<HttpResponse<String>> first = CompletableFuture.supplyAsync(() -> confirm(path, tenant));
            CompletableFuture<HttpResponse<String>> second =
                    CompletableFuture.supplyAsync(() -> confirm(otherPath, other));
            awaitLocks(2);
            HttpResponse<String> third =
                    server.post("/orders", TestTenant.of(TOKENS).token(), ORDER);

            assertThat(third.statusCode()).isEqualTo(503);
            assertThat(third.body()).contains("\"code\":\"UNAVAILABLE\"", "\"retryable\":true", "Nothing was stored.");
            assertThat(third.headers().firstValue("Retry-After")).contains("1");
            assertThat(first.get().statusCode()).isEqualTo(409);
            assertThat(second.get().statusCode()).isEqualTo(409);
        }
        assertThat(confirm(path, tenant).statusCode()).isEqualTo(200);
        assertThat(confirm(otherPath, other).statusCode()).isEqualTo(200);
    }

    /** PostgreSQL may end either of the two transactions. In both cases the request succeeds. */
    @Test
    void repeatsARequestAfterADeadlock() throws Exception {
        String path = place();
        try (Connection other = tenant.transaction("SELECT FROM orders WHERE tenant_id = ? FOR UPDATE")) {
            CompletableFuture<HttpResponse<String>> confirmed =
                    CompletableFuture.supplyAsync(() -> confirm(path, tenant, "Idempotency-Key", "k"));
            awaitLocks(1);
            try {
                tenant.execute(other, CLAIM_KEY);
            } catch (SQLException ended) {
                assertThat(ended.getSQLState()).isEqualTo("40P01");
            }
            other.rollback();

            assertThat(confirmed.get().statusCode()).isEqualTo(200);
        }
    }

    /** Waits until that number of statements of the API waits for locks that the test holds. */
    private static void awaitLocks(int count) throws Exception {
        try (Connection connection = TestDatabase.get().connectAsSuperuser();
                PreparedStatement waiting = connection.prepareStatement("SELECT count(*) >= ? FROM pg_stat_activity"
                        + " WHERE usename = ? AND wait_event_type = 'Lock'")) {
            waiting.setInt(1, count);
            waiting.setString(2, TestDatabase.USER);
            Await.until(count + " statements that wait for a lock", () -> {
                ResultSet enough = waiting.executeQuery();
                return enough.next() && enough.getBoolean(1);
            });
        }
    }

    private String place() throws Exception {
        return place(tenant);
    }

    private static String place(TestTenant tenant) throws Exception {
        return server.post("/orders", tenant.token(), ORDER)
                .headers()
                .firstValue("Location")
                .orElseThrow();
    }

    private HttpResponse<String> order() {
        try {
            return server.post("/orders", token, ORDER);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<String> confirm(String path) {
        return confirm(path, tenant);
    }

    private static HttpResponse<String> confirm(String path, TestTenant tenant, String... headers) {
        try {
            return server.post(path + "/confirm", tenant.token(), "{}", headers);
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
}
