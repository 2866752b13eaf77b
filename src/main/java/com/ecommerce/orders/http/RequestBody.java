package com.ecommerce.orders.http;

import com.ecommerce.orders.identity.TenantId;
import com.ecommerce.orders.operation.Operation;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The body of a request. The API reads it only after it knows the route, the caller and the caller's permission. */
public interface RequestBody {

    /**
     * Reserves memory for the request, before the body is read. Only an adapter that divides its memory among tenants
     * does so. It may refuse the request here, or later in {@link #read}.
     *
     * @throws HttpProblemException if there is no memory for the request
     */
    default void reserve(TenantId tenant, Operation operation) {}

    /** Returns the length in bytes that the client has announced; -1 if the client has announced no length. */
    long length();

    /**
     * Reads the body. A second call returns the same bytes.
     *
     * @return empty if the request has no body; {@code null} if the platform has lost the body. Of a body that is too
     *     large, at least the first {@link Limits#MAX_BODY_BYTES} + 1 bytes.
     * @throws java.net.SocketTimeoutException if the body does not arrive in time
     * @throws IOException if the client ends the body early
     */
    byte @Nullable [] read() throws IOException;

    /** A body that is already in memory. */
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
