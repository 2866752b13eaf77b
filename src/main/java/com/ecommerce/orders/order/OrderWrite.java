package com.ecommerce.orders.order;

import com.ecommerce.orders.identity.Caller;
import com.ecommerce.orders.operation.IdempotencyKey;
import com.ecommerce.orders.operation.OrderDocument;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A write that is carried out at most once.
 *
 * @param id identifies this write, so that it can be sent again after a lost connection
 * @param caller the caller who sends the request
 * @param document the order after the write, without {@code payment}; the storage completes and stores it
 * @param event the event to store; {@code null} if the write changes nothing and only stores {@code key}
 * @param key the key under which a client may repeat the request; {@code null} if the client gave no key
 * @param dryRun whether the write is rolled back at the end
 */
public record OrderWrite(
        UUID id,
        Caller caller,
        OrderDocument document,
        @Nullable OrderEvent event,
        @Nullable IdempotencyKey key,
        boolean dryRun) {}
