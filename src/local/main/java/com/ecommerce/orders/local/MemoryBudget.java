package com.ecommerce.orders.local;

import com.ecommerce.orders.http.HttpProblemException;
import com.ecommerce.orders.identity.TenantId;
import com.ecommerce.orders.operation.ProblemCode;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A limit on the bytes that all requests hold together. One tenant gets at most half of the bytes. */
final class MemoryBudget {

    private final long share;
    private final Duration timeout;
    private final Map<TenantId, Long> heldByTenant = new HashMap<>();
    private long held;

    /** @param timeout how long a request waits for bytes */
    MemoryBudget(long bytes, Duration timeout) {
        this.share = bytes / 2;
        this.timeout = timeout;
    }

    /**
     * Reserves bytes for a request. A request that needs more than a tenant's share gets the whole share.
     *
     * @throws HttpProblemException if the bytes are not free before the timeout
     */
    synchronized Reservation reserve(TenantId tenant, long bytes) {
        long wanted = Math.min(bytes, share);
        long deadline = System.nanoTime() + timeout.toNanos();
        while (heldBy(tenant) + wanted > share || held + wanted > 2 * share) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                throw refusal(heldBy(tenant) + wanted > share);
            }
            await(left);
        }
        add(tenant, wanted);
        return new Reservation(tenant, wanted);
    }

    private static HttpProblemException refusal(boolean tenantHoldsItsShare) {
        return tenantHoldsItsShare
                ? new HttpProblemException(
                        ProblemCode.TENANT_BUSY,
                        "Requests of your tenant hold all the memory that one tenant may hold. Nothing was stored. Send the"
                                + " request again in a second.")
                : new HttpProblemException(
                        ProblemCode.UNAVAILABLE,
                        "The server has no memory free for this request. Nothing was stored. Send the request again in a"
                                + " second.");
    }

    @SuppressWarnings("WaitNotInLoop") // The caller waits in a loop.
    private void await(long millis) {
        try {
            wait(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refusal(false);
        }
    }

    private long heldBy(TenantId tenant) {
        return heldByTenant.getOrDefault(tenant, 0L);
    }

    private synchronized void add(TenantId tenant, long bytes) {
        held += bytes;
        heldByTenant.merge(tenant, bytes, (before, more) -> before + more == 0 ? null : before + more);
        notifyAll();
    }

    /** The bytes of one request. */
    final class Reservation implements AutoCloseable {

        private final TenantId tenant;
        private long bytes;

        private Reservation(TenantId tenant, long bytes) {
            this.tenant = tenant;
            this.bytes = bytes;
        }

        /**
         * Reserves more bytes for the request, if the request holds fewer than {@code total}. Like {@link #reserve}, reserves
         * no more than a tenant's share.
         *
         * @throws HttpProblemException if the bytes do not come free in time
         */
        void growTo(long total) {
            long wanted = Math.min(total, share);
            if (wanted > bytes) {
                bytes += reserve(tenant, wanted - bytes).bytes;
            }
        }

        /** Frees all bytes except {@code rest} bytes. */
        void shrinkTo(long rest) {
            if (rest < bytes) {
                add(tenant, rest - bytes);
                bytes = rest;
            }
        }

        @Override
        public void close() {
            shrinkTo(0);
        }
    }
}
