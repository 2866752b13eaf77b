package com.ecommerce.orders.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.ecommerce.orders.conformance.ConformanceSuite;
import com.ecommerce.orders.conformance.Target;
import com.ecommerce.orders.local.testkit.LocalServer;
import com.ecommerce.orders.settings.SettingException;
import com.ecommerce.orders.testkit.RedisServer;
import com.ecommerce.orders.testkit.TestDatabase;
import com.ecommerce.orders.testkit.Tokens;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of reads through the cache, in the process and in a real Redis. */
@Tag("slow")
@NullUnmarked
class CacheTest {

    private static final Tokens TOKENS = new Tokens();
    private static final String ORDER =
            "{\"currency\":\"EUR\",\"note\":\"first\",\"items\":[{\"sku\":\"A\",\"quantity\":1,\"unitPrice\":5}]}";
    private static final Pattern VERSION = Pattern.compile("\"version\":([0-9]+)");
    private static final Duration TTL = Duration.ofSeconds(1);

    /** The bound that the documentation promises: the time to live plus the longest read that is cached. */
    private static final Duration BOUND = TTL.plusSeconds(1);

    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private static RedisServer redis;

    private String token;

    @BeforeAll
    static void start() throws Exception {
        Optional<Path> program = RedisServer.program();
        if (program.isPresent()) {
            redis = RedisServer.start(program.get());
        } else {
            System.out.println("NOT CHECKED, redis-server is missing: the cache in Redis");
        }
    }

    @AfterAll
    static void stop() throws Exception {
        if (redis != null) {
            redis.close();
        }
    }

    @BeforeEach
    void useANewTenant() {
        token = token("t-" + UUID.randomUUID());
    }

    @TestFactory
    Stream<DynamicTest> keepsTheContract() {
        LocalServer server = server(redis == null ? "caffeine" : redis.url());
        return ConformanceSuite.against(Target.at(server.uri(), TOKENS, "local"))
                .onClose(server::close);
    }

    @ParameterizedTest
    @ValueSource(strings = {"caffeine", "redis"})
    void readsAnOrderOnceFromTheDatabase(String kind) throws Exception {
        // On a busy machine Redis may be too slow once, and is then not used for a while. The next order is cached.
        try (LocalServer server = server(url(kind), Duration.ofHours(1))) {
            await().atMost(TIMEOUT).until(() -> {
                String path = place(server);
                changeInTheDatabase(path);
                return get(server, path).body().contains("first");
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"caffeine", "redis"})
    void dropsAnOrderAfterItsTimeToLive(String kind) throws Exception {
        try (LocalServer server = server(url(kind))) {
            String path = place(server);
            changeInTheDatabase(path);
            await().atMost(TIMEOUT).until(() -> get(server, path).body().contains("behind"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"caffeine", "redis"})
    void showsAChangeInTheNextRead(String kind) throws Exception {
        try (LocalServer server = server(url(kind))) {
            String path = place(server);
            for (int version = 1; version < 20; version++) {
                assertThat(patch(server, path, "v" + version).statusCode()).isEqualTo(200);
                HttpResponse<String> read = get(server, path);
                assertThat(read.body()).contains("\"note\":\"v" + version + "\"");
                assertThat(read.headers().firstValue("ETag")).contains("\"" + (version + 1) + "\"");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"caffeine", "redis"})
    void showsNoCachedOrderToAnotherTenant(String kind) throws Exception {
        try (LocalServer server = server(url(kind))) {
            String path = place(server);
            assertThat(get(server, path).statusCode()).isEqualTo(200);
            token = token("t-" + UUID.randomUUID());
            assertThat(get(server, path).statusCode()).isEqualTo(404);
        }
    }

    /** Two processes share one Redis. With Caffeine each process has its own cache, which the bound allows. */
    @ParameterizedTest
    @ValueSource(strings = {"caffeine", "redis"})
    void noVersionOutlivesItsWriteByMoreThanTheBound(String kind) throws Exception {
        int changes = 100;
        AtomicLongArray writtenAt = new AtomicLongArray(changes + 2);
        AtomicIntegerArray newest = new AtomicIntegerArray(1);
        newest.set(0, 1);
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService threads = Executors.newCachedThreadPool();
        try (LocalServer one = server(url(kind));
                LocalServer other = server(url(kind))) {
            String path = place(one);
            List<Future<Integer>> readers = new ArrayList<>();
            for (LocalServer server : List.of(one, other, one, other)) {
                readers.add(threads.submit(() -> {
                    int reads = 0;
                    while (!done.get()) {
                        long begin = System.nanoTime();
                        int version = version(get(server, path));
                        for (int later = version + 1; later <= newest.get(0); later++) {
                            assertThat(Duration.ofNanos(begin - writtenAt.get(later)))
                                    .as("version %d is read, %d was stored", version, later)
                                    .isLessThan(BOUND);
                        }
                        reads++;
                    }
                    return reads;
                }));
            }
            for (int change = 1; change <= changes; change++) {
                LocalServer writer = change % 2 == 0 ? one : other;
                int version = version(patch(writer, path, "v" + change));
                writtenAt.set(version, System.nanoTime());
                newest.set(0, version);
                Thread.sleep(20);
            }
            done.set(true);
            int reads = 0;
            for (Future<Integer> reader : readers) {
                reads += reader.get();
            }
            assertThat(newest.get(0)).isEqualTo(changes + 1);
            System.out.printf("%d reads during %d changes (%s)%n", reads, changes, kind);
        } finally {
            done.set(true);
            threads.shutdownNow();
        }
    }

    @Test
    void servesOrdersWhileRedisIsDown() throws Exception {
        Assumptions.assumeTrue(redis != null, "redis-server is missing");
        try (LocalServer server = server(redis.url())) {
            String path = place(server);
            assertThat(get(server, path).statusCode()).isEqualTo(200);
            redis.kill();
            try {
                for (int i = 0; i < 5; i++) {
                    assertThat(get(server, path).statusCode()).isEqualTo(200);
                    assertThat(patch(server, path, "down " + i).statusCode()).isEqualTo(200);
                    assertThat(get(server, path).body()).contains("down " + i);
                }
            } finally {
                redis.start();
            }
        }
        try (LocalServer server = server(redis.url())) {
            assertThat(get(server, place(server)).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void startsAndServesWithoutRedis() throws Exception {
        try (LocalServer server = server("redis://127.0.0.1:1")) {
            assertThat(get(server, place(server)).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void stopsTheStartIfTheAddressIsWrong() {
        assertThatThrownBy(() -> server("memcached://localhost"))
                .rootCause()
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("ORDERS_CACHE_URL must be caffeine or the address of a Redis");
    }

    private static String url(String kind) {
        Assumptions.assumeTrue(!kind.equals("redis") || redis != null, "redis-server is missing");
        return kind.equals("redis") ? redis.url() : kind;
    }

    private static LocalServer server(String url) {
        return server(url, TTL);
    }

    private static LocalServer server(String url, Duration ttl) {
        return LocalServer.trusting(TOKENS, Map.of("orders.cache.url", url, "orders.cache.ttl", ttl.toSeconds() + "s"));
    }

    private static String token(String tenant) {
        return TOKENS.mint(Map.of(
                "tenant_id",
                tenant,
                "sub",
                "alice",
                "scope",
                "orders:read orders:write payments:write fulfillments:write"));
    }

    private String place(LocalServer server) throws Exception {
        return server.post("/orders", token, ORDER)
                .headers()
                .firstValue("Location")
                .orElseThrow();
    }

    private HttpResponse<String> get(LocalServer server, String path) throws Exception {
        return server.get(path, "Authorization", "Bearer " + token);
    }

    private HttpResponse<String> patch(LocalServer server, String path, String note) throws Exception {
        return server.send("PATCH", path, token, "{\"note\":\"" + note + "\"}", "If-Match", "*");
    }

    private static int version(HttpResponse<String> response) {
        Matcher version = VERSION.matcher(response.body());
        assertThat(version.find()).as(response.body()).isTrue();
        return Integer.parseInt(version.group(1));
    }

    private static void changeInTheDatabase(String path) throws Exception {
        try (Connection connection = TestDatabase.get().connectAsSuperuser();
                PreparedStatement change =
                        connection.prepareStatement("UPDATE orders SET note = 'behind' WHERE order_id = ?")) {
            change.setObject(1, UUID.fromString(path.substring(path.lastIndexOf('/') + 1)));
            assertThat(change.executeUpdate()).isEqualTo(1);
        }
    }
}
