package com.ecommerce.orders.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ecommerce.orders.local.testkit.LocalServer;
import com.ecommerce.orders.settings.SettingException;
import com.ecommerce.orders.testkit.Tokens;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests of the API with a base path, over HTTP. */
class BasePathTest {

    private static final Tokens TOKENS = new Tokens();
    private static final String ORDER =
            "{\"externalRef\":\"%s\",\"currency\":\"EUR\",\"items\":[{\"sku\":\"A\",\"quantity\":1,\"unitPrice\":1}]}";

    private static LocalServer server;
    private static String token;

    @BeforeAll
    static void start() {
        server = LocalServer.trusting(TOKENS, Map.of("orders.http.base-path", "/shop/v1"));
        token = TOKENS.mint(Map.of(
                "tenant_id",
                "t-" + UUID.randomUUID(),
                "sub",
                "alice",
                "scope",
                "orders:read orders:write payments:write fulfillments:write"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void servesEveryOrderBelowTheBasePath() throws Exception {
        String reference = UUID.randomUUID().toString();
        HttpResponse<String> created = server.post("/shop/v1/orders", token, ORDER.formatted(reference));
        HttpResponse<String> duplicate = server.post("/shop/v1/orders", token, ORDER.formatted(reference));
        server.post("/shop/v1/orders", token, ORDER.formatted(UUID.randomUUID()));
        HttpResponse<String> page = get("/shop/v1/orders?limit=1");

        String location = created.headers().firstValue("Location").orElseThrow();
        assertThat(location).startsWith("/shop/v1/orders/");
        assertThat(get(location).body()).isEqualTo(created.body());
        assertThat(duplicate.statusCode()).isEqualTo(409);
        assertThat(duplicate.headers().firstValue("Location")).contains(location);
        assertThat(json(duplicate).path("instance").stringValue()).isEqualTo("/shop/v1/orders");
        String link = page.headers().firstValue("Link").orElseThrow();
        assertThat(link).startsWith("</shop/v1/orders?");
        assertThat(get(link.substring(1, link.indexOf('>'))).statusCode()).isEqualTo(200);
    }

    @Test
    void replaysARequestThatCameWithoutTheBasePath() throws Exception {
        String order = ORDER.formatted(UUID.randomUUID());
        HttpResponse<String> first = server.post("/shop/v1/orders", token, order, "Idempotency-Key", "k");
        HttpResponse<String> second = server.post("/orders", token, order, "Idempotency-Key", "k");

        assertThat(second.statusCode()).isEqualTo(201);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(second.headers().firstValue("Location"))
                .isEqualTo(first.headers().firstValue("Location"));
    }

    @Test
    void namesThePathThatTheClientSentInAProblem() throws Exception {
        assertThat(json(get("/shop/v1/nowhere")).path("instance").stringValue()).isEqualTo("/shop/v1/nowhere");
        assertThat(json(get("/shop/v1/orders/417")).path("instance").stringValue())
                .isEqualTo("/shop/v1/orders/417");
        assertThat(get("/shop/orders").statusCode()).isEqualTo(404);
    }

    @Test
    void publishesTheContractWithTheBasePath() throws Exception {
        assertThat(json(get("/shop/v1/openapi.json")).at("/servers/0/url").stringValue())
                .isEqualTo("/shop/v1");
        assertThat(get("/health").statusCode()).isEqualTo(200);
        assertThat(get("/shop/v1/health").statusCode()).isEqualTo(200);
    }

    @Test
    void refusesABasePathThatIsNoPath() {
        assertThatThrownBy(() -> LocalServer.trusting(TOKENS, Map.of("orders.http.base-path", "/shop/")))
                .hasRootCauseInstanceOf(SettingException.class)
                .rootCause()
                .hasMessageContaining("ORDERS_HTTP_BASEPATH must be a path")
                .hasMessageEndingWith("ORDERS_HTTP_BASEPATH=/shop");
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return server.get(path, "Authorization", "Bearer " + token);
    }

    private static JsonNode json(HttpResponse<String> response) {
        return JsonMapper.shared().readTree(response.body());
    }
}
