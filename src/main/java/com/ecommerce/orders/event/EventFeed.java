package com.ecommerce.orders.event;

import com.ecommerce.orders.identity.TenantId;
import com.ecommerce.orders.operation.FeedPosition;
import com.ecommerce.orders.operation.OrdersUnavailableException;
import com.ecommerce.orders.operation.TenantBusyException;
import java.util.List;
import java.util.UUID;

/**
 * Port: the event logs of all tenants. A log has gapless positions that start at 1.
 *
 * <p>Each method throws {@link OrdersUnavailableException} if the storage can't be reached. It throws
 * {@link TenantBusyException} if the tenant has too many requests at the same time.
 */
public interface EventFeed {

    /**
     * Reads the slice of the tenant's log that the query asks for, in ascending order.
     *
     * @param storedTypes the types to read, as they are stored; empty for all types
     * @param maxBytes the largest size of all events together; the slice ends early if they are larger
     */
    Slice read(TenantId tenant, EventQuery query, List<String> storedTypes, int maxBytes);

    /**
     * A slice of a log.
     *
     * @param epoch the epoch of the log; {@link FeedPosition#NO_EPOCH} if the tenant has no event yet
     * @param head the last position of the log
     * @param end the last position that this slice covers; not smaller than the position of the last entry
     * @param more whether the log goes on after {@code end}
     */
    record Slice(UUID epoch, long head, long end, boolean more, List<FeedEntry> entries) {

        public Slice {
            entries = List.copyOf(entries);
        }
    }
}
