package com.ecommerce.orders.order;

import com.ecommerce.orders.identity.TenantId;
import com.ecommerce.orders.operation.IdempotencyKey;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A lock for each idempotency key in this process: requests with the same key run one after the other. A burst of
 * retries waits here, so that the retries do not occupy a database connection each.
 */
final class IdempotencyLock {

    private final Map<TenantKey, CountDownLatch> running = new ConcurrentHashMap<>();
    private final Duration timeout;

    IdempotencyLock(Duration timeout) {
        this.timeout = timeout;
    }

    /** Runs {@code work} and returns its result. Empty if other requests with this key still run after the timeout. */
    <T> Optional<T> run(TenantId tenant, IdempotencyKey key, Supplier<T> work) {
        TenantKey name = new TenantKey(tenant, key.value());
        CountDownLatch mine = new CountDownLatch(1);
        long deadline = System.nanoTime() + timeout.toNanos();
        CountDownLatch other;
        while ((other = running.putIfAbsent(name, mine)) != null) {
            if (!await(other, deadline - System.nanoTime())) {
                return Optional.empty();
            }
        }
        try {
            return Optional.of(work.get());
        } finally {
            running.remove(name);
            mine.countDown();
        }
    }

    private static boolean await(CountDownLatch other, long nanos) {
        try {
            return other.await(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private record TenantKey(TenantId tenant, String key) {}
}
