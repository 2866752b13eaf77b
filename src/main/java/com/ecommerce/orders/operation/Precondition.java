package com.ecommerce.orders.operation;

import org.jspecify.annotations.Nullable;

/**
 * The conditions of a request on the version of the order (RFC 9110, section 13.1).
 *
 * @param ifMatch the order is changed only if its version is one of these; {@code null} for no condition
 * @param ifNoneMatch the order is returned only if its version is none of these; {@code null} for no condition
 */
public record Precondition(@Nullable ETagCondition ifMatch, @Nullable ETagCondition ifNoneMatch) {

    public static final Precondition NONE = new Precondition(null, null);
}
