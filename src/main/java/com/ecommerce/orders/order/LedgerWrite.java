package com.ecommerce.orders.order;

import com.ecommerce.orders.identity.Caller;
import com.ecommerce.orders.operation.ETagCondition;
import com.ecommerce.orders.operation.IdempotencyKey;
import com.ecommerce.orders.operation.OrderId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A write to an order's ledger. The storage carries out the write at most once.
 *
 * @param id identifies this write, so that it can be sent again after a lost connection
 * @param entryId the entry that the path names; otherwise the id of the new entry
 * @param at the time of the write, to the microsecond; storage uses the order's last change instead if that is later
 * @param caller the caller who sends the request
 * @param order the order that has the ledger
 * @param ifMatch the versions of the order that allow the write; {@code null} for all versions
 * @param key the key under which a client may repeat the request; {@code null} if the client gave no key
 * @param dryRun whether the write is rolled back at the end
 */
public record LedgerWrite(
        UUID id,
        UUID entryId,
        Instant at,
        Caller caller,
        OrderId order,
        @Nullable ETagCondition ifMatch,
        @Nullable IdempotencyKey key,
        boolean dryRun) {

    /** Returns the same write for other versions of the order. */
    public LedgerWrite withIfMatch(ETagCondition versions) {
        return new LedgerWrite(id, entryId, at, caller, order, versions, key, dryRun);
    }
}
