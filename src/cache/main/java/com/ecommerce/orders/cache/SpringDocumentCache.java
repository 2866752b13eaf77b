package com.ecommerce.orders.cache;

import com.ecommerce.orders.identity.TenantId;
import com.ecommerce.orders.order.DocumentCache;
import com.ecommerce.orders.order.OrderDocument;
import com.ecommerce.orders.order.OrderId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cache.Cache;

/**
 * Orders in one of Spring's caches, by tenant and id, with their version.
 *
 * <p>A write puts its version in place of whatever is there; a read only fills a gap. So a version that is out of date
 * can get in behind a write only if another process wrote, if two writers finish in the wrong order, or if the cache
 * failed in between. Whatever happens, it is gone when its time to live is over: no version outlives its write by more
 * than that and {@link #LONGEST_READ}.
 */
final class SpringDocumentCache implements DocumentCache {

    /** A read that took longer may have been overtaken by writes that are forgotten already: it is not remembered. */
    static final Duration LONGEST_READ = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(SpringDocumentCache.class);

    /** How long a cache that failed is left alone, so that it does not slow down every request. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Cache cache;
    private final AtomicLong resumeAt = new AtomicLong(System.nanoTime());

    SpringDocumentCache(Cache cache) {
        this.cache = cache;
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
            // Before the order is read: what is put there from now on is at least as new.
            tell(damaged -> damaged.evict(key));
        }
        long start = System.nanoTime();
        Optional<OrderDocument> found = read.get();
        if (System.nanoTime() - start < LONGEST_READ.toNanos()) {
            found.ifPresent(document -> tell(known -> known.putIfAbsent(key, CachedDocument.write(document))));
        }
        return found;
    }

    @Override
    public void stored(TenantId tenant, OrderDocument document) {
        tell(known -> known.put(key(tenant, document.id()), CachedDocument.write(document)));
    }

    /** Nobody's tenant can be taken for another's: the id has one length. */
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
        if (System.nanoTime() - resumeAt.get() < 0) {
            return null;
        }
        try {
            return question.apply(cache);
        } catch (RuntimeException e) {
            resumeAt.set(System.nanoTime() + PAUSE.toNanos());
            LOG.warn("The cache is left alone for {} s, since it failed: {}", PAUSE.toSeconds(), e.toString());
            return null;
        }
    }
}
