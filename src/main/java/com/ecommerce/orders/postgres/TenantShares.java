package com.ecommerce.orders.postgres;

import com.ecommerce.orders.identity.TenantId;
import com.ecommerce.orders.order.TenantBusyException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Leaves some of the pool's connections to the other tenants, however busy one of them is. */
final class TenantShares {

    private final int share;
    private final Duration patience;
    private final Map<TenantId, Share> shares = new ConcurrentHashMap<>();

    /**
     * @param poolSize of whose connections one tenant gets three quarters; all where there is only one
     * @param patience how long a request waits for one of its tenant's
     */
    TenantShares(int poolSize, Duration patience) {
        this.share = Math.max(1, poolSize * 3 / 4);
        this.patience = patience;
    }

    /** @throws TenantBusyException if none of the tenant's share came free in time */
    <T extends @Nullable Object> T within(TenantId tenant, Supplier<T> work) {
        Share mine = shares.compute(tenant, (id, known) -> (known == null ? new Share(share) : known).enter());
        try {
            if (!mine.free.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
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

    /** One tenant's share; forgotten with the last request of the tenant, so that silent tenants cost nothing. */
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
