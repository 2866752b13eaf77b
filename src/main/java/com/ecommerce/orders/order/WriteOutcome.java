package com.ecommerce.orders.order;

import org.jspecify.annotations.Nullable;

/**
 * What became of a write.
 *
 * @param document the first answer, for {@link Kind#REPLAYED}
 * @param version the order's current version, for {@link Kind#STALE}
 * @param existing the order that has the external reference, for {@link Kind#DUPLICATE_EXTERNAL_REF}
 */
public record WriteOutcome(Kind kind, @Nullable OrderDocument document, int version, @Nullable OrderId existing) {

    /** What may become of a write. */
    public enum Kind {
        /** It is stored, by this call or by an earlier try of it. */
        STORED,
        /** The same request was answered before. */
        REPLAYED,
        /** Another request was answered under this key before. */
        KEY_REUSED,
        /** A request under this key is still running. */
        KEY_IN_FLIGHT,
        /** The external reference is taken. */
        DUPLICATE_EXTERNAL_REF,
        /** The order would have been placed, but is not what the client expects. */
        REFUSED,
        /** The order has another version than the write was made for. */
        STALE,
        /** The order isn't there. */
        NOT_FOUND,
        /** Another write was in the way, several times. */
        CONFLICT
    }
}
