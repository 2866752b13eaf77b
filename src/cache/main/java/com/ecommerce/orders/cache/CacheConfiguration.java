package com.ecommerce.orders.cache;

import com.ecommerce.orders.order.DocumentCache;
import com.ecommerce.orders.settings.CacheSettings;
import com.ecommerce.orders.settings.OrdersSettings;
import com.ecommerce.orders.settings.Setting;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import java.time.Duration;
import java.util.Objects;
import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.beans.factory.BeanRegistry.SupplierContext;
import org.springframework.core.env.Environment;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** Registers the cache of orders that {@code ORDERS_CACHE_URL} names. */
final class CacheConfiguration implements BeanRegistrar {

    private static final String IN_PROCESS = "caffeine";

    /** The timeout of the cache. A slower cache would not help. */
    private static final Duration TIMEOUT = Duration.ofMillis(100);

    private static final long MAX_BYTES = 64L * 1024 * 1024;

    @Override
    public void register(BeanRegistry registry, Environment environment) {
        // Lazy, and not registered as a SmartLifecycle: Spring would create it even for a cache in the process.
        registry.registerBean(RedisConnectionFactory.class, bean -> bean.lazyInit()
                .supplier(context -> connections(redis(settings(context).url()))));
        registry.registerBean(DocumentCache.class, bean -> bean.supplier(CacheConfiguration::documentCache));
    }

    private static DocumentCache documentCache(SupplierContext context) {
        CacheSettings settings = settings(context);
        return new ExpiringDocumentCache(
                settings.url().equals(IN_PROCESS)
                        ? inProcess(settings.timeToLive())
                        : new RedisStore(context.bean(RedisConnectionFactory.class), settings.timeToLive()));
    }

    private static CacheSettings settings(SupplierContext context) {
        return Objects.requireNonNull(context.bean(OrdersSettings.class).cache(), "The address is set");
    }

    private static RedisURI redis(String url) {
        try {
            return RedisURI.create(url);
        } catch (IllegalArgumentException e) {
            throw Setting.CACHE_URL.invalid();
        }
    }

    private static CacheStore inProcess(Duration ttl) {
        return new MapStore(Caffeine.newBuilder()
                .expireAfterWrite(ttl)
                .maximumWeight(MAX_BYTES)
                .weigher((String key, byte[] value) -> key.length() + value.length)
                .build()
                .asMap());
    }

    private static LettuceConnectionFactory connections(RedisURI redis) {
        LettuceClientConfiguration.LettuceClientConfigurationBuilder client = LettuceClientConfiguration.builder()
                .commandTimeout(TIMEOUT)
                .shutdownTimeout(Duration.ZERO)
                .clientOptions(options());
        if (redis.isSsl()) {
            client.useSsl();
        }
        LettuceConnectionFactory connections =
                new LettuceConnectionFactory(LettuceConnectionFactory.createRedisConfiguration(redis), client.build());
        connections.setEagerInitialization(false);
        connections.afterPropertiesSet();
        connections.start();
        return connections;
    }

    private static ClientOptions options() {
        return ClientOptions.builder()
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .socketOptions(SocketOptions.builder().connectTimeout(TIMEOUT).build())
                .build();
    }
}
