package com.ecommerce.orders.operation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A response that shows one page of a list.
 *
 * @param documents each is one JSON object in UTF-8; must not be altered
 * @param next the position after which the next page starts, {@code null} on the last page
 */
public record Page(List<byte[]> documents, @Nullable PagePosition next) implements OrderResponse {

    /** The largest sum of the lengths of all documents. The whole response stays below Lambda's limit of 6 MB. */
    public static final int MAX_CONTENT_BYTES = 4 * 1024 * 1024 - 1024;

    public Page {
        documents = List.copyOf(documents);
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
        return visitor.page(this);
    }
}
