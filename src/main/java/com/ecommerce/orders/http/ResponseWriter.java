package com.ecommerce.orders.http;

import com.ecommerce.orders.json.Json;
import com.ecommerce.orders.observability.RequestLog;
import com.ecommerce.orders.order.KeysetPosition;
import com.ecommerce.orders.order.NotModified;
import com.ecommerce.orders.order.OrderDocument;
import com.ecommerce.orders.order.OrderEvent;
import com.ecommerce.orders.order.OrderEvents;
import com.ecommerce.orders.order.OrderPage;
import com.ecommerce.orders.order.OrderProblem;
import com.ecommerce.orders.order.OrderQuery;
import com.ecommerce.orders.order.OrderResponse;
import com.ecommerce.orders.order.OrderView;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes what an order function answered as the response to one HTTP request. */
public final class ResponseWriter implements OrderResponse.Cases<ApiResponse> {

    private static final byte[] PAGE_START = "{\"data\":[".getBytes(StandardCharsets.UTF_8);

    private final ApiRequest request;
    private final OrderQuery query;

    /** @param query as which {@code request} was read */
    public ResponseWriter(ApiRequest request, OrderQuery query) {
        this.request = request;
        this.query = query;
    }

    @Override
    public ApiResponse view(OrderView view) {
        OrderDocument document = view.document();
        RequestLog.note(RequestLog.ORDER, document.id());
        RequestLog.note(RequestLog.AMOUNT, document.grandTotal());
        boolean location = view.created() && !view.dryRun();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", ApiResponse.JSON);
        headers.put("ETag", EntityTags.of(document.version()));
        if (location) {
            headers.put("Location", Paths.order(document.id()));
        }
        if (view.replayed()) {
            headers.put("Idempotent-Replayed", "true");
        }
        if (view.dryRun()) {
            headers.put("Dry-Run", "true");
        }
        return new ApiResponse(location ? 201 : 200, headers, document.json());
    }

    @Override
    public ApiResponse page(OrderPage page) {
        KeysetPosition next = page.next();
        String cursor = next == null ? null : Cursor.write(query.filter(), query.sort(), next);
        return withLink(ApiResponse.json(200, write(page, cursor)), cursor);
    }

    @Override
    public ApiResponse events(OrderEvents events) {
        Integer nextAfter = events.nextAfter();
        String cursor = nextAfter == null ? null : Cursor.write(events.orderId(), nextAfter);
        return withLink(ApiResponse.json(200, Json.write(json -> write(json, events, cursor))), cursor);
    }

    @Override
    public ApiResponse notModified(NotModified notModified) {
        return ApiResponse.empty(304).with("ETag", EntityTags.of(notModified.version()));
    }

    @Override
    public ApiResponse problem(OrderProblem problem) {
        throw new ProblemException(Problem.of(problem));
    }

    /** Strings the documents together in one step: a page may have megabytes, which are copied only once. */
    private static byte[] write(OrderPage page, @Nullable String cursor) {
        byte[] end = (cursor == null ? "]}" : "],\"nextCursor\":\"" + cursor + "\"}").getBytes(StandardCharsets.UTF_8);
        int length = PAGE_START.length + Math.max(0, page.orders().size() - 1) + end.length;
        for (OrderDocument order : page.orders()) {
            length += order.json().length;
        }
        ByteBuffer body = ByteBuffer.allocate(length).put(PAGE_START);
        for (int i = 0; i < page.orders().size(); i++) {
            if (i > 0) {
                body.put((byte) ',');
            }
            body.put(page.orders().get(i).json());
        }
        return body.put(end).array();
    }

    private static void write(JsonGenerator json, OrderEvents events, @Nullable String cursor) {
        json.writeStartObject();
        json.writeArrayPropertyStart("data");
        for (OrderEvent event : events.events()) {
            json.writeStartObject();
            json.writeNumberProperty("seq", event.seq());
            json.writeStringProperty("type", event.type().name());
            json.writeStringProperty("at", Json.format(event.at()));
            json.writeStringProperty("by", event.by());
            if (event.byEmail() != null) {
                json.writeStringProperty("byEmail", event.byEmail());
            }
            json.writeName("changes");
            json.writeRawValue(event.changes());
            json.writeEndObject();
        }
        json.writeEndArray();
        if (cursor != null) {
            json.writeStringProperty("nextCursor", cursor);
        }
        json.writeEndObject();
    }

    private ApiResponse withLink(ApiResponse response, @Nullable String cursor) {
        return cursor == null
                ? response
                : NextLink.of(request.path(), query, cursor)
                        .map(link -> response.with("Link", link))
                        .orElse(response);
    }
}
