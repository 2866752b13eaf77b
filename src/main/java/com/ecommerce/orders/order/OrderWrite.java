package com.ecommerce.orders.order;

import com.ecommerce.orders.identity.Caller;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A write to be carried out at most once.
 *
 * @param id names this write, so that it can be sent again after a lost connection
 * @param caller who makes it
 * @param document the order as it will be, kept as the answer of {@code key}
 * @param event what to record, {@code null} where the write changes nothing and only {@code key} is kept
 * @param key under which a client may repeat it, {@code null} if the client gave none
 * @param dryRun undo it in the end
 */
public record OrderWrite(
        UUID id,
        Caller caller,
        OrderDocument document,
        @Nullable OrderEvent event,
        @Nullable IdempotencyKey key,
        boolean dryRun) {}
