package com.ecommerce.orders.cache;

import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.NullUnmarked;

@NullUnmarked
class MapStoreTest extends ExpiringDocumentCacheTest {

    MapStoreTest() {
        super(new MapStore(new ConcurrentHashMap<>()));
    }
}
