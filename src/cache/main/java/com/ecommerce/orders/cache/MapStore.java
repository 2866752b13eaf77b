package com.ecommerce.orders.cache;

import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** The values of a cache in the memory of this process. */
final class MapStore implements CacheStore {

    private final ConcurrentMap<String, byte[]> values;

    MapStore(ConcurrentMap<String, byte[]> values) {
        this.values = values;
    }

    @Override
    public byte @Nullable [] get(String key) {
        return values.get(key);
    }

    @Override
    public void put(String key, byte[] value) {
        values.put(key, value);
    }

    @Override
    public void add(String key, byte[] document) {
        values.putIfAbsent(key, document);
    }

    @Override
    public void replace(String key, byte[] seen, byte[] document) {
        // Compares references: get returned the stored array.
        values.replace(key, seen, document);
    }

    @Override
    public void update(String key, byte[] document, byte[] marker) {
        byte[] known = values.putIfAbsent(key, document);
        if (known == null || CachedDocument.isCurrent(known, document)) {
            return;
        }
        byte[] next = CachedDocument.isDocument(known) ? document : marker;
        if (!values.replace(key, known, next)) {
            // Another thread has changed the value in the meantime. A marker is safe, because the next
            // read asks the database.
            values.put(key, marker);
        }
    }
}
