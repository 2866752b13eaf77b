package com.ecommerce.orders.order;

import org.jspecify.annotations.Nullable;

/**
 * On which versions a request depends (RFC 9110, section 13.1).
 *
 * @param ifMatch change the order only if it is one of these; {@code null} for no such condition
 * @param ifNoneMatch answer the order only if it is none of these; {@code null} for no such condition
 */
public record Precondition(@Nullable ETagCondition ifMatch, @Nullable ETagCondition ifNoneMatch) {

    public static final Precondition NONE = new Precondition(null, null);
}
