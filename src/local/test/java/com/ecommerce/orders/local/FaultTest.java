package com.ecommerce.orders.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.local.testkit.LocalServer;
import com.ecommerce.orders.testkit.DatabaseProxy;
import com.ecommerce.orders.testkit.TestDatabase;
import com.ecommerce.orders.testkit.TestTenant;
import com.ecommerce.orders.testkit.Tokens;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests of responses while the network to PostgreSQL or PostgreSQL itself has a fault. */
class FaultTest {

    private static final Tokens TOKENS = new Tokens();
    private static final String ORDER =
            "{\"currency\":\"EUR\",\"items\":[{\"sku\":\"A\",\"quantity\":1,\"unitPrice\":5}]}";

    private static DatabaseProxy network;
    private static LocalServer server;

    private TestTenant tenant;

    @BeforeAll
    static void start() throws Exception {
        network = DatabaseProxy.to(TestDatabase.get().url());
        // These timeouts are shorter than in production (10 s and 12 s), in the same order.
        String url = network.url() + "?options=-c%20statement_timeout=700&socketTimeout=1";
        server = LocalServer.trusting(TOKENS, Map.of("DB_URL", url, "DB_POOL_SIZE", "4"));
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        network.close();
    }

    @BeforeEach
    void useANewTenant() {
        tenant = TestTenant.of(TOKENS);
    }

    @Test
    void respondsWith503IfTheNetworkStallsAndARetryMakesOneOrder() throws Exception {
        assertThat(create("warm").statusCode()).isEqualTo(201);
        network.stall();
        try {
            // This request uses the open connection, so its statement is sent.
            HttpResponse<String> withoutKey = create("");
            assertUnavailable(withoutKey);
            assertThat(withoutKey.body()).contains("unknown whether this request was carried out");
            assertUnavailable(create("stalled"));
            assertThat(server.get("/health").statusCode()).isEqualTo(200);
        } finally {
            network.flow();
        }
        HttpResponse<String> retried = create("stalled");

        assertThat(retried.statusCode()).isEqualTo(201);
        assertThat(create("stalled").body()).isEqualTo(retried.body());
    }

    @Test
    void repeatsAStatementWhoseResultWasCutAndStoresNothingTwice() throws Exception {
        String path = create("warm").headers().firstValue("Location").orElseThrow();
        network.cutAnswers(1);
        HttpResponse<String> created = create("");
        network.cutAnswers(1);
        HttpResponse<String> confirmed = server.post(path + "/confirm", tenant.token(), "{}");
        network.cutAnswers(1);
        HttpResponse<String> list = get("/orders");

        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(confirmed.statusCode()).isEqualTo(200);
        assertThat(list.body().split("\"id\":")).hasSize(3);
        assertThat(get(path + "/events").body().split("\"seq\":")).hasSize(3);
    }

    @Test
    void respondsWith503IfAStatementTakesTooLongAndTheServerEndsIt() throws Exception {
        String path = create("").headers().firstValue("Location").orElseThrow();
        try (Connection lock = tenant.transaction("LOCK TABLE orders IN ACCESS EXCLUSIVE MODE")) {
            assertThat(lock).isNotNull();
            assertUnavailable(get(path));
            assertUnavailable(create(""));
        }
        assertThat(get(path).statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> create(String key) {
        try {
            return key.isEmpty()
                    ? server.post("/orders", tenant.token(), ORDER)
                    : server.post("/orders", tenant.token(), ORDER, "Idempotency-Key", key);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<String> get(String path) throws Exception {
        return server.get(path, "Authorization", "Bearer " + tenant.token());
    }

    private static void assertUnavailable(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).contains("\"code\":\"UNAVAILABLE\"", "\"retryable\":true");
        assertThat(response.headers().firstValue("Retry-After")).contains("1");
    }
}
