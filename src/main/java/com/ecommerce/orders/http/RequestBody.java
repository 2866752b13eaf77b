package com.ecommerce.orders.http;

import com.ecommerce.orders.identity.TenantId;
import com.ecommerce.orders.order.Operation;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The body of a request. The API reads it only after it knows the route, the caller and the caller's permission. */
public interface RequestBody {

    /**
     * Tells who sends the request and what the request asks for, before the body is read. An adapter that divides its
     * memory among requests may refuse the request here, or later in {@link #read}.
     *
     * @throws com.ecommerce.orders.order.Refusal if there is no memory for the request
     */
    default void admit(TenantId tenant, Operation operation) {}

    /** Returns the length in bytes that the client has announced; -1 if the client has announced none. */
    long length();

    /**
     * Reads the body. A second call returns the same bytes.
     *
     * @return empty if the request has no body, {@code null} if the platform lost the body; at least
     *     {@link Limits#MAX_BODY_BYTES} + 1 bytes of a body that is longer than that
     * @throws java.net.SocketTimeoutException if the body does not arrive in time
     * @throws IOException if the client ends the body early
     */
    byte @Nullable [] read() throws IOException;

    /** A body that a platform hands over as a whole. */
    record Bytes(byte @Nullable [] bytes) implements RequestBody {

        @Override
        public long length() {
            return bytes == null ? -1 : bytes.length;
        }

        @Override
        public byte @Nullable [] read() {
            return bytes;
        }
    }
}
