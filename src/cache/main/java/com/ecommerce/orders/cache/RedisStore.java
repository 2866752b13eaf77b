package com.ecommerce.orders.cache;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.RedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.data.redis.serializer.RedisSerializer;

/** The values of a cache in a Redis that many processes share. */
final class RedisStore implements CacheStore {

    /** Separates the keys from those of other programs. */
    private static final String PREFIX = "orders::";

    private static final RedisScript<Void> REPLACE = RedisScript.of(
            """
            if redis.call('GET', KEYS[1]) == ARGV[2] then
              redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[3])
            end
            """);

    /** Knows the layout of a {@link CachedDocument}: a format of 4 bytes, and the version at the 13th byte. */
    private static final RedisScript<Void> UPDATE = RedisScript.of(
            """
            local known, value = redis.call('GET', KEYS[1]), ARGV[1]
            if known and string.sub(known, 1, 4) ~= string.sub(value, 1, 4) then
              value = ARGV[2]
            elseif known and struct.unpack('>I4', known, 13) >= struct.unpack('>I4', value, 13) then
              return
            end
            redis.call('SET', KEYS[1], value, 'PX', ARGV[3])
            """);

    private final RedisTemplate<String, byte[]> redis = new RedisTemplate<>();
    private final Duration timeToLive;
    private final byte[] milliseconds;

    RedisStore(RedisConnectionFactory connections, Duration timeToLive) {
        this.timeToLive = timeToLive;
        this.milliseconds = Long.toString(timeToLive.toMillis()).getBytes(StandardCharsets.US_ASCII);
        redis.setConnectionFactory(connections);
        redis.setKeySerializer(RedisSerializer.string());
        redis.setValueSerializer(RedisSerializer.byteArray());
        redis.afterPropertiesSet();
    }

    @Override
    public byte @Nullable [] get(String key) {
        return redis.opsForValue().get(PREFIX + key);
    }

    @Override
    public void put(String key, byte[] value) {
        redis.opsForValue().set(PREFIX + key, value, timeToLive);
    }

    @Override
    public void add(String key, byte[] document) {
        redis.opsForValue().setIfAbsent(PREFIX + key, document, timeToLive);
    }

    @Override
    public void replace(String key, byte[] seen, byte[] document) {
        redis.execute(REPLACE, List.of(PREFIX + key), document, seen, milliseconds);
    }

    @Override
    public void update(String key, byte[] document, byte[] marker) {
        redis.execute(UPDATE, List.of(PREFIX + key), document, marker, milliseconds);
    }
}
