package com.ecommerce.orders.event;

import com.ecommerce.orders.operation.FeedPosition;
import com.ecommerce.orders.operation.OperationInput;
import com.ecommerce.orders.operation.OrderQuery;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The part of the event log that a client asks for.
 *
 * @param limit the largest number of events, 1 to {@link OrderQuery#MAX_LIMIT}
 * @param after the position after which the part starts; {@code null} for the last position, so only for newer events
 * @param types the published types to return; empty for all types
 * @param content the members of an event to return
 */
public record EventQuery(int limit, @Nullable FeedPosition after, Set<String> types, Content content)
        implements OperationInput {

    /** @throws IllegalArgumentException if {@code limit} is out of range */
    public EventQuery {
        if (limit < 1 || limit > OrderQuery.MAX_LIMIT) {
            throw new IllegalArgumentException("The limit must be 1 to " + OrderQuery.MAX_LIMIT);
        }
        types = Set.copyOf(types);
    }

    /** The members of an event that a client asks for. */
    public enum Content {
        SUMMARY,
        /** The summary and the merge patch of the change. */
        SUMMARY_AND_CHANGES
    }
}
