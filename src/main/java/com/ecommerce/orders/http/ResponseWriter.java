package com.ecommerce.orders.http;

import com.ecommerce.orders.observability.RequestLog;
import com.ecommerce.orders.operation.Document;
import com.ecommerce.orders.operation.EntryDocument;
import com.ecommerce.orders.operation.FeedPosition;
import com.ecommerce.orders.operation.NotModified;
import com.ecommerce.orders.operation.OrderDocument;
import com.ecommerce.orders.operation.OrderQuery;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.operation.Page;
import com.ecommerce.orders.operation.PagePosition;
import com.ecommerce.orders.operation.Problem;
import com.ecommerce.orders.operation.ProblemException;
import com.ecommerce.orders.operation.View;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A writer that turns the result of an operation into an HTTP response. */
public final class ResponseWriter implements OrderResponse.Visitor<ApiResponse> {

    private static final byte[] PAGE_START = "{\"data\":[".getBytes(StandardCharsets.UTF_8);

    private final ApiRequest request;
    private final OrderQuery query;

    /** @param query the query that was read from {@code request} */
    public ResponseWriter(ApiRequest request, OrderQuery query) {
        this.request = request;
        this.query = query;
    }

    @Override
    public ApiResponse view(View view) {
        Document document = view.document();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", ApiResponse.JSON);
        String path = document instanceof OrderDocument order
                ? describe(order, headers)
                : describe((EntryDocument) document, headers);
        switch (view.delivery()) {
            case CURRENT -> {}
            case REPLAYED -> headers.put("Idempotent-Replayed", "true");
            case DRY_RUN -> headers.put("Dry-Run", "true");
        }
        if (view.result() == View.Result.CREATED && view.delivery() != View.Delivery.DRY_RUN) {
            headers.put("Location", path);
            return new ApiResponse(201, headers, document.json());
        }
        return new ApiResponse(200, headers, document.json());
    }

    /** Adds the headers of an order, and returns its path. */
    private static String describe(OrderDocument order, Map<String, String> headers) {
        RequestLog.note(RequestLog.ORDER, order.id());
        RequestLog.note(RequestLog.AMOUNT, order.grandTotal());
        headers.put("ETag", EntityTags.of(order.version()));
        return Paths.order(order.id());
    }

    /** Adds the headers of an entry of a ledger, and returns its path. */
    private static String describe(EntryDocument entry, Map<String, String> headers) {
        if (entry.orderVersion() != null) {
            headers.put("Order-ETag", EntityTags.of(entry.orderVersion()));
        }
        return Paths.entry(entry.order(), entry.ledger(), entry.id());
    }

    @Override
    public ApiResponse page(Page page) {
        PagePosition next = page.next();
        if (next == null) {
            return ApiResponse.json(200, write(page, null));
        }
        if (next instanceof FeedPosition feed) {
            return feed(page, Cursor.write(feed));
        }
        String cursor = Cursor.write(query, next);
        ApiResponse response = ApiResponse.json(200, write(page, cursor));
        return NextLink.of(request.path(), query, cursor)
                .map(link -> response.with("Link", link))
                .orElse(response);
    }

    /** Writes a page of a log. It has no header {@code Link}, because a client polls with its cursor. */
    private static ApiResponse feed(Page page, String cursor) {
        ApiResponse response = ApiResponse.json(200, write(page, cursor));
        Duration retryAfter = page.retryAfter();
        return retryAfter == null ? response : response.with("Retry-After", Long.toString(retryAfter.toSeconds()));
    }

    @Override
    public ApiResponse notModified(NotModified notModified) {
        return ApiResponse.empty(304).with("ETag", EntityTags.of(notModified.version()));
    }

    @Override
    public ApiResponse problem(Problem problem) {
        throw new ProblemException(problem);
    }

    /** Joins the documents. A page may have megabytes, so the bytes are copied only once. */
    private static byte[] write(Page page, @Nullable String cursor) {
        byte[] end = (cursor == null ? "]}" : "],\"nextCursor\":\"" + cursor + "\"}").getBytes(StandardCharsets.UTF_8);
        int length = PAGE_START.length + Math.max(0, page.documents().size() - 1) + end.length;
        for (byte[] document : page.documents()) {
            length += document.length;
        }
        ByteBuffer body = ByteBuffer.allocate(length).put(PAGE_START);
        for (int i = 0; i < page.documents().size(); i++) {
            if (i > 0) {
                body.put((byte) ',');
            }
            body.put(page.documents().get(i));
        }
        return body.put(end).array();
    }
}
