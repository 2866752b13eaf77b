package com.ecommerce.orders.postgres;

import com.ecommerce.orders.identity.TenantId;
import com.ecommerce.orders.operation.TenantBusyException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The shares of the tenants in the pool. A busy tenant can't use all connections. */
final class TenantShares {

    private final int share;
    private final Duration timeout;
    private final Map<TenantId, Share> shares = new ConcurrentHashMap<>();

    /**
     * @param poolSize the number of connections in the pool; one tenant gets at most three quarters, but at least one
     * @param timeout how long a request waits for a connection of its tenant's share
     */
    TenantShares(int poolSize, Duration timeout) {
        this.share = Math.max(1, poolSize * 3 / 4);
        this.timeout = timeout;
    }

    /** @throws TenantBusyException if no connection of the tenant's share became free in time */
    <T extends @Nullable Object> T within(TenantId tenant, Supplier<T> work) {
        Share mine = shares.compute(tenant, (id, known) -> (known == null ? new Share(share) : known).enter());
        try {
            if (!mine.free.tryAcquire(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new TenantBusyException();
            }
            try {
                return work.get();
            } finally {
                mine.free.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TenantBusyException();
        } finally {
            shares.computeIfPresent(tenant, (id, known) -> known.leave() == 0 ? null : known);
        }
    }

    /** The share of one tenant. It is removed after the last request of the tenant, so that idle tenants cost nothing. */
    private static final class Share {

        private final Semaphore free;
        private int requests;

        Share(int size) {
            this.free = new Semaphore(size, true);
        }

        Share enter() {
            requests++;
            return this;
        }

        int leave() {
            return --requests;
        }
    }
}
