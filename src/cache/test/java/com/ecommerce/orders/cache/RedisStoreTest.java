package com.ecommerce.orders.cache;

import com.ecommerce.orders.testkit.RedisServer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

@NullUnmarked
class RedisStoreTest extends ExpiringDocumentCacheTest {

    private static RedisServer redis;
    private static LettuceConnectionFactory connections;

    RedisStoreTest() {
        super(new RedisStore(connections, Duration.ofMinutes(1)));
    }

    @BeforeAll
    static void start() throws Exception {
        Optional<Path> program = RedisServer.program();
        Assumptions.assumeTrue(program.isPresent(), "redis-server is missing");
        redis = RedisServer.start(program.get());
        URI address = URI.create(redis.url());
        connections = new LettuceConnectionFactory(address.getHost(), address.getPort());
        connections.afterPropertiesSet();
        connections.start();
    }

    @AfterAll
    static void stop() throws Exception {
        if (redis != null) {
            connections.destroy();
            redis.close();
        }
    }
}
