package com.ecommerce.orders.cache;

import com.ecommerce.orders.identity.TenantId;
import com.ecommerce.orders.operation.OrderDocument;
import com.ecommerce.orders.operation.OrderId;
import com.ecommerce.orders.order.DocumentCache;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A cache of orders with their versions, by tenant and id.
 *
 * <p>A write replaces an older version by its own, or puts a new marker. A read adds its version only if the order still
 * has the marker that it had when the read began, so no read can add a version from before a write. An old version can
 * stay in the cache only in four cases:
 *
 * <ul>
 *   <li>Another process with its own memory wrote.
 *   <li>The cache failed.
 *   <li>The cache dropped the marker while a read was running.
 *   <li>A write lost its connection, and PostgreSQL stored the write later, after a read. The client's retry with the
 *       same idempotency key puts a new marker.
 * </ul>
 *
 * <p>In all cases the old version disappears at the latest after the time to live plus {@link #LONGEST_READ}.
 */
final class ExpiringDocumentCache implements DocumentCache {

    /**
     * The longest read that is cached if the order had no marker. During a longer read, a marker may have come and gone.
     */
    static final Duration LONGEST_READ = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(ExpiringDocumentCache.class);

    /** The time without calls to the cache after it has failed, so that it does not slow down every request. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final CacheStore values;
    private final LongSupplier nanoTime;
    private final AtomicLong resumeAt;

    ExpiringDocumentCache(CacheStore values) {
        this(values, System::nanoTime);
    }

    /** @param nanoTime measures the time like {@link System#nanoTime} */
    ExpiringDocumentCache(CacheStore values, LongSupplier nanoTime) {
        this.values = values;
        this.nanoTime = nanoTime;
        this.resumeAt = new AtomicLong(nanoTime.getAsLong());
    }

    @Override
    public Optional<OrderDocument> get(TenantId tenant, OrderId id, Supplier<Optional<OrderDocument>> read) {
        String key = key(tenant, id);
        byte[] seen = ask(store -> store.get(key));
        OrderDocument known = seen == null ? null : CachedDocument.read(id, seen);
        if (known != null) {
            return Optional.of(known);
        }
        long start = nanoTime.getAsLong();
        Optional<OrderDocument> found = read.get();
        found.ifPresent(document -> keep(key, seen, CachedDocument.write(document), start));
        return found;
    }

    /** Stores what a read has found, unless the value has changed since the read began. */
    private void keep(String key, byte @Nullable [] seen, byte[] document, long start) {
        if (seen != null) {
            tell(store -> store.replace(key, seen, document));
        } else if (nanoTime.getAsLong() - start < LONGEST_READ.toNanos()) {
            tell(store -> store.add(key, document));
        }
    }

    @Override
    public void stored(TenantId tenant, OrderDocument document) {
        tell(store -> store.update(key(tenant, document.id()), CachedDocument.write(document), marker()));
    }

    @Override
    public void changed(TenantId tenant, OrderId id) {
        tell(store -> store.put(key(tenant, id), marker()));
    }

    /** Returns the value of an order whose current version is unknown. Each marker differs from all others. */
    private static byte[] marker() {
        return ByteBuffer.allocate(1 + Long.BYTES)
                .putLong(1, ThreadLocalRandom.current().nextLong())
                .array();
    }

    /** Returns a key that is unique for each tenant and order, because all ids have the same length. */
    private static String key(TenantId tenant, OrderId id) {
        return id.value() + ":" + tenant.value();
    }

    private void tell(Consumer<CacheStore> message) {
        ask(store -> {
            message.accept(store);
            return null;
        });
    }

    private <T> @Nullable T ask(Function<CacheStore, @Nullable T> question) {
        if (nanoTime.getAsLong() - resumeAt.get() < 0) {
            return null;
        }
        try {
            return question.apply(values);
        } catch (RuntimeException e) {
            resumeAt.set(nanoTime.getAsLong() + PAUSE.toNanos());
            LOG.warn("The cache has failed and is not used for {} s: {}", PAUSE.toSeconds(), e.toString());
            return null;
        }
    }
}
