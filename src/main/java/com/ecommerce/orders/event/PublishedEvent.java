package com.ecommerce.orders.event;

import com.ecommerce.orders.operation.OrderId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event as all readers of the log see it.
 *
 * @param id the same on every delivery
 * @param seq the version of the order that the change made
 * @param type the type as it is stored, such as {@code ORDER_PLACED}
 * @param data the stored data: a JSON object without personal data
 * @param changes the JSON merge patch (RFC 7396) of the change; {@code null} if the reader does not ask for it
 */
public record PublishedEvent(
        long position,
        UUID id,
        OrderId orderId,
        int seq,
        String type,
        Instant time,
        String data,
        @Nullable String changes)
        implements FeedEntry {}
