package com.ecommerce.orders.operation;

import java.nio.charset.StandardCharsets;

/** A resource as JSON. The response to a retry has the same bytes as the first response. */
public sealed interface Document permits OrderDocument, EntryDocument {

    /** Returns the JSON in UTF-8. The array must not be altered. */
    byte[] json();

    /** Returns the JSON as a string. */
    default String text() {
        return new String(json(), StandardCharsets.UTF_8);
    }
}
