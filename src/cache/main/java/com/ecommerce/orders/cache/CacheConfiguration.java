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
import java.util.Set;
import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.beans.factory.BeanRegistry.SupplierContext;
import org.springframework.cache.caffeine.CaffeineCache;
import org.springframework.core.env.Environment;
import org.springframework.data.redis.cache.RedisCacheConfiguration;
import org.springframework.data.redis.cache.RedisCacheManager;
import org.springframework.data.redis.cache.RedisCacheWriter;
import org.springframework.data.redis.cache.RedisCacheWriter.RedisCacheWriterConfigurer;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.serializer.RedisSerializationContext.SerializationPair;
import org.springframework.data.redis.serializer.RedisSerializer;

/** Registers the cache of orders that {@code ORDERS_CACHE_URL} names. */
final class CacheConfiguration implements BeanRegistrar {

    private static final String NAME = "orders";
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
        return settings.url().equals(IN_PROCESS)
                ? inProcess(settings.timeToLive())
                : inRedis(context.bean(RedisConnectionFactory.class), settings.timeToLive());
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

    private static DocumentCache inProcess(Duration ttl) {
        return new SpringDocumentCache(new CaffeineCache(
                NAME,
                Caffeine.newBuilder()
                        .expireAfterWrite(ttl)
                        .maximumWeight(MAX_BYTES)
                        .weigher((key, value) -> ((byte[]) value).length)
                        .build()));
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

    private static DocumentCache inRedis(RedisConnectionFactory connections, Duration ttl) {
        RedisCacheManager manager = RedisCacheManager.builder(
                        // Not in the background: after a change, the next read of the same client must see the change.
                        RedisCacheWriter.create(connections, RedisCacheWriterConfigurer::immediateWrites))
                .cacheDefaults(entries(ttl))
                .initialCacheNames(Set.of(NAME))
                .build();
        manager.afterPropertiesSet();
        return new SpringDocumentCache(Objects.requireNonNull(manager.getCache(NAME)));
    }

    private static RedisCacheConfiguration entries(Duration ttl) {
        return RedisCacheConfiguration.defaultCacheConfig()
                .entryTtl(ttl)
                .disableCachingNullValues()
                .serializeValuesWith(SerializationPair.fromSerializer(RedisSerializer.byteArray()));
    }
}
