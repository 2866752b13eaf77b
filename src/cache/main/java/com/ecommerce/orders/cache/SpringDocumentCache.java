package com.ecommerce.orders.cache;

import com.ecommerce.orders.identity.TenantId;
import com.ecommerce.orders.operation.OrderDocument;
import com.ecommerce.orders.operation.OrderId;
import com.ecommerce.orders.order.DocumentCache;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cache.Cache;

/**
 * A cache of orders with their versions, by tenant and id, on top of Spring's cache.
 *
 * <p>A write replaces the cached version, or marks it as changed. A read adds a version only if there is none. An old version can therefore stay
 * in the cache only in three cases: another process wrote, two writers finished in the wrong order, or the cache failed.
 * In all cases the old version disappears at the latest after the time to live plus {@link #LONGEST_READ}.
 */
final class SpringDocumentCache implements DocumentCache {

    /** The longest read whose result is cached. During a longer read, a write may have come and left the cache again. */
    static final Duration LONGEST_READ = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(SpringDocumentCache.class);

    /** The time without calls to the cache after it has failed, so that it does not slow down every request. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    /** The value of an order whose current version is unknown. It is no document, so the next read replaces it. */
    private static final byte[] CHANGED = {0};

    private final Cache cache;
    private final LongSupplier nanoTime;
    private final AtomicLong resumeAt;

    SpringDocumentCache(Cache cache) {
        this(cache, System::nanoTime);
    }

    /** @param nanoTime measures the time like {@link System#nanoTime} */
    SpringDocumentCache(Cache cache, LongSupplier nanoTime) {
        this.cache = cache;
        this.nanoTime = nanoTime;
        this.resumeAt = new AtomicLong(nanoTime.getAsLong());
    }

    @Override
    public Optional<OrderDocument> get(TenantId tenant, OrderId id, Supplier<Optional<OrderDocument>> read) {
        String key = key(tenant, id);
        byte[] remembered = ask(known -> known.get(key, byte[].class));
        if (remembered != null) {
            OrderDocument known = CachedDocument.read(id, remembered);
            if (known != null) {
                return Optional.of(known);
            }
            // Before the order is read: a version that is cached from now on is at least as new.
            tell(unusable -> unusable.evict(key));
        }
        long start = nanoTime.getAsLong();
        Optional<OrderDocument> found = read.get();
        if (nanoTime.getAsLong() - start < LONGEST_READ.toNanos()) {
            found.ifPresent(document -> tell(known -> known.putIfAbsent(key, CachedDocument.write(document))));
        }
        return found;
    }

    @Override
    public void stored(TenantId tenant, OrderDocument document) {
        tell(known -> known.put(key(tenant, document.id()), CachedDocument.write(document)));
    }

    @Override
    public void changed(TenantId tenant, OrderId id) {
        // A mark instead of an eviction: a read that began before the write must not add its old version afterwards.
        tell(known -> known.put(key(tenant, id), CHANGED));
    }

    /** Returns a key that is unique for each tenant and order, because all ids have the same length. */
    private static String key(TenantId tenant, OrderId id) {
        return id.value() + ":" + tenant.value();
    }

    private void tell(Consumer<Cache> message) {
        ask(known -> {
            message.accept(known);
            return null;
        });
    }

    private <T> @Nullable T ask(Function<Cache, @Nullable T> question) {
        if (nanoTime.getAsLong() - resumeAt.get() < 0) {
            return null;
        }
        try {
            return question.apply(cache);
        } catch (RuntimeException e) {
            resumeAt.set(nanoTime.getAsLong() + PAUSE.toNanos());
            LOG.warn("The cache has failed and is not used for {} s: {}", PAUSE.toSeconds(), e.toString());
            return null;
        }
    }
}
