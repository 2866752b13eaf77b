package com.ecommerce.orders.operation;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A response that shows one page of a list.
 *
 * @param documents each is one JSON object in UTF-8; must not be altered
 * @param next the position after which the next page starts, {@code null} on the last page
 * @param retryAfter the time after which the next page may have entries; {@code null} if there is no need to wait
 */
public record Page(List<byte[]> documents, @Nullable PagePosition next, @Nullable Duration retryAfter)
        implements OrderResponse {

    /** The largest sum of the lengths of all documents. The whole response stays below Lambda's limit of 6 MB. */
    public static final int MAX_CONTENT_BYTES = 4 * 1024 * 1024 - 1024;

    public Page {
        documents = List.copyOf(documents);
    }

    /** Creates a page of a list that does not grow while a client reads it. */
    public Page(List<byte[]> documents, @Nullable PagePosition next) {
        this(documents, next, null);
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
        return visitor.page(this);
    }
}
