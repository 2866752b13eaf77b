package com.ecommerce.orders.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.local.testkit.LocalServer;
import com.ecommerce.orders.local.testkit.MovableClock;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests of orders, keys, cursors and tokens when the clock of the API jumps. */
class ClockTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String ORDER =
            "{\"currency\":\"EUR\",\"items\":[{\"sku\":\"A\",\"quantity\":1,\"unitPrice\":5}]}";

    @TempDir
    static Path directory;

    private static MovableClock clock;
    private static LocalServer server;

    private String token;

    @BeforeAll
    static void start() throws Exception {
        clock = MovableClock.in(directory);
        server = LocalServer.on(clock, directory);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void useANewTenant() throws Exception {
        clock.set(Duration.ZERO);
        token = server.get("/dev/token?tenant=t-" + UUID.randomUUID()).body();
    }

    @Test
    void anOrderNeverChangesBeforeItsCreation() throws Exception {
        clock.set(Duration.ofHours(2));
        String path = create("").headers().firstValue("Location").orElseThrow();
        clock.set(Duration.ofHours(-2));
        HttpResponse<String> confirmed = server.post(path + "/confirm", token, "{}");
        JsonNode order = JSON.readTree(confirmed.body());
        List<Instant> events = new ArrayList<>();
        JSON.readTree(get(path + "/events").body())
                .path("data")
                .forEach(event -> events.add(Instant.parse(event.path("at").asString())));

        assertThat(confirmed.statusCode()).isEqualTo(200);
        assertThat(Instant.parse(order.path("updatedAt").asString()))
                .isAfterOrEqualTo(Instant.parse(order.path("createdAt").asString()));
        assertThat(events).hasSize(2).isSorted();
    }

    @Test
    void aKeyIsKnownAtAnyTime() throws Exception {
        String first = create("k").body();
        for (int hours : List.of(-11, 11, 0)) {
            clock.set(Duration.ofHours(hours));
            create("other" + hours);
            HttpResponse<String> again = create("k");

            assertThat(again.body()).isEqualTo(first);
            assertThat(again.headers().firstValue("Idempotent-Replayed")).contains("true");
        }
    }

    @Test
    void pagesContainEachOrderOnceEvenIfTheClockJumps() throws Exception {
        List<String> created = new ArrayList<>();
        for (int hours : List.of(0, -3, 5, -1, 2)) {
            clock.set(Duration.ofHours(hours));
            created.add(create("").headers().firstValue("Location").orElseThrow());
        }
        List<String> listed = new ArrayList<>();
        String next = "/orders?limit=2&sort=createdAt";
        while (!next.isEmpty()) {
            HttpResponse<String> page = get(next);
            JSON.readTree(page.body())
                    .path("data")
                    .forEach(order -> listed.add("/orders/" + order.path("id").asString()));
            next = page.headers()
                    .firstValue("Link")
                    .map(link -> link.replaceAll("<(.*)>.*", "$1"))
                    .orElse("");
            clock.set(Duration.ofHours(-listed.size()));
        }

        assertThat(listed).containsExactlyInAnyOrderElementsOf(created).doesNotHaveDuplicates();
        assertThat(listed).isSorted();
    }

    @Test
    void aTokenExpiresByTheClockAndIsValidAgainWhenTheClockIsCorrected() throws Exception {
        assertThat(get("/orders").statusCode()).isEqualTo(200);
        clock.set(Duration.ofHours(13));
        assertThat(get("/orders").statusCode()).isEqualTo(401);
        clock.set(Duration.ZERO);
        assertThat(get("/orders").statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> create(String key) throws Exception {
        return key.isEmpty()
                ? server.post("/orders", token, ORDER)
                : server.post("/orders", token, ORDER, "Idempotency-Key", key);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return server.get(path, "Authorization", "Bearer " + token);
    }
}
