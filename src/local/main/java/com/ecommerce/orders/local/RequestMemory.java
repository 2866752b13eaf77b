package com.ecommerce.orders.local;

import com.ecommerce.orders.http.HttpProblemException;
import com.ecommerce.orders.identity.TenantId;
import com.ecommerce.orders.operation.Operation;
import java.time.Duration;

/**
 * The memory for requests of known callers. Bodies that still arrive have their own budget, so slow clients take no memory
 * from complete requests.
 */
final class RequestMemory {

    private static final long MIB = 1024 * 1024;

    /** The order before and after a change, its JSON, and the response. */
    private static final long ORDER_BYTES = 5 * MIB;

    /** The parsed body, its canonical form and the new order. */
    private static final long BYTES_OF_A_BODY_BYTE = 8;

    /** The rows of a page of 4 MiB, its documents and the response. */
    private static final long PAGE_BYTES = 14 * MIB;

    /** The rows of a page of 4 MiB as text, and the response, whose buffer is copied while it grows. */
    private static final long EVENTS_BYTES = 28 * MIB;

    /** A short timeout, so that a client soon learns that the server is full. */
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final MemoryBudget bodies;
    private final MemoryBudget work;

    /** @param heap the maximum size of the heap in bytes */
    RequestMemory(long heap) {
        bodies = new MemoryBudget(heap / 16, TIMEOUT);
        work = new MemoryBudget(heap * 3 / 8, TIMEOUT);
    }

    /** @throws HttpProblemException if there is no memory for a body of that length */
    MemoryBudget.Reservation forBody(TenantId tenant, long length) {
        return bodies.reserve(tenant, length);
    }

    /** @throws HttpProblemException if there is no memory to carry out the operation and to send its response */
    MemoryBudget.Reservation forWork(TenantId tenant, Operation operation, long bodyLength) {
        long bytes =
                switch (operation) {
                    case LIST_ORDERS -> PAGE_BYTES;
                    case LIST_ORDER_EVENTS,
                            LIST_EVENTS,
                            LIST_TRANSACTIONS,
                            LIST_FULFILLMENTS,
                            LIST_CANCELLATIONS,
                            LIST_RETURNS -> EVENTS_BYTES;
                    default -> ORDER_BYTES + bodyLength * BYTES_OF_A_BODY_BYTE;
                };
        return work.reserve(tenant, bytes);
    }
}
