package com.ecommerce.orders.cache;

import org.jspecify.annotations.Nullable;

/**
 * The values of a cache, each a {@link CachedDocument} or a marker (tombstone), until their time to live ends. Each method
 * is one atomic step, and in Redis one round trip.
 */
interface CacheStore {

    /** Returns the value of {@code key}, or {@code null} if there is none. */
    byte @Nullable [] get(String key);

    /** Stores {@code value}, and replaces any other value. */
    void put(String key, byte[] value);

    /** Stores {@code document} if {@code key} has no value. */
    void add(String key, byte[] document);

    /**
     * Stores {@code document} if {@code key} still has the value {@code seen}.
     *
     * @param seen the value as {@link #get} returned it
     */
    void replace(String key, byte[] seen, byte[] document);

    /**
     * Stores {@code document} if {@code key} has no value or an older document. Keeps a document that is as new or
     * newer. Replaces any other value by {@code marker}.
     */
    void update(String key, byte[] document, byte[] marker);
}
