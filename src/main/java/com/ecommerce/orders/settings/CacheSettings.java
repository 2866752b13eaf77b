package com.ecommerce.orders.settings;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The cache of orders.
 *
 * @param url {@code caffeine} for a cache in the process, otherwise the address of a Redis; may contain a password
 * @param timeToLive how long an order stays in the cache, from 1 ms to 24 h; 10 s by default
 */
public record CacheSettings(String url, Duration timeToLive) {

    /** Reads the settings. Returns {@code null} if no cache is set. */
    static @Nullable CacheSettings of(SettingsReader reader) {
        String url = reader.text(Setting.CACHE_URL);
        if (url == null) {
            OrdersSettings.requireFor(Setting.CACHE_TTL, Setting.CACHE_URL, reader);
            return null;
        }
        return new CacheSettings(url, reader.duration(Setting.CACHE_TTL));
    }

    /** Returns a text without the address, which may contain a password. */
    @Override
    public String toString() {
        return "CacheSettings[timeToLive=" + timeToLive + "]";
    }
}
