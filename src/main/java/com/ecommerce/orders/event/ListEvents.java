package com.ecommerce.orders.event;

import com.ecommerce.orders.identity.TenantId;
import com.ecommerce.orders.operation.FeedPosition;
import com.ecommerce.orders.operation.OrderRequest;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.operation.Page;
import com.ecommerce.orders.operation.ProblemException;
import com.ecommerce.orders.operation.RequestProblem;
import com.ecommerce.orders.operation.Violation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads one page of the tenant's event log, oldest first. */
public final class ListEvents implements Function<OrderRequest, OrderResponse> {

    /** The time after which a client at the end of the log should ask again. */
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(5);

    private final EventFeed feed;
    private final EventSerializer serializer;

    /** Creates the function for the logs of {@code feed}. */
    public ListEvents(EventFeed feed, EventSerializer serializer) {
        this.feed = feed;
        this.serializer = serializer;
    }

    @Override
    public OrderResponse apply(OrderRequest request) {
        TenantId tenant = request.tenant();
        EventQuery query = request.input(EventQuery.class);
        EventFeed.Slice slice = feed.read(tenant, query, storedTypes(query), Page.MAX_CONTENT_BYTES);
        if (isExpired(query.after(), slice)) {
            return new RequestProblem.CursorExpired();
        }
        List<byte[]> documents = slice.entries().stream()
                .map(entry -> serializer.serialize(tenant, entry))
                .toList();
        return new Page(documents, new FeedPosition(slice.epoch(), slice.end()), slice.more() ? null : POLL_INTERVAL);
    }

    /** Tells whether the position may belong to another event than when the client read it. */
    private static boolean isExpired(@Nullable FeedPosition after, EventFeed.Slice slice) {
        if (after == null || after.isStart()) {
            return false;
        }
        return !after.epoch().equals(slice.epoch()) || after.position() > slice.head();
    }

    private List<String> storedTypes(EventQuery query) {
        Map<String, String> known = serializer.types().storedTypes();
        List<String> stored = new ArrayList<>();
        for (String name : query.types()) {
            String type = known.get(name);
            if (type == null) {
                throw new ProblemException(new RequestProblem.InvalidParameter(new Violation(
                        "?type",
                        Violation.Code.BAD_FORMAT,
                        "type must be one or more of " + String.join(", ", known.keySet()))));
            }
            stored.add(type);
        }
        return stored;
    }
}
