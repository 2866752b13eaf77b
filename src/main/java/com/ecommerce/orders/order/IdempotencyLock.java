package com.ecommerce.orders.order;

import com.ecommerce.orders.identity.TenantId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets requests of one idempotency key in one process run one after the other, so that a burst of retries waits here
 * and not on a database connection each.
 */
final class IdempotencyLock {

    private final Map<TenantKey, CountDownLatch> running = new ConcurrentHashMap<>();
    private final Duration patience;

    IdempotencyLock(Duration patience) {
        this.patience = patience;
    }

    /** What {@code work} answers; empty if others of this key were still running when patience ended. */
    <T> Optional<T> run(TenantId tenant, IdempotencyKey key, Supplier<T> work) {
        TenantKey name = new TenantKey(tenant, key.value());
        CountDownLatch mine = new CountDownLatch(1);
        long deadline = System.nanoTime() + patience.toNanos();
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
