package com.ecommerce.orders.cache;

import com.ecommerce.orders.operation.OrderDocument;
import com.ecommerce.orders.operation.OrderId;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one order in the cache: a mark of this format, a checksum, the order's version and its JSON. Values are
 * always checked, because a cache outlives deployments and may be shared with other programs.
 */
final class CachedDocument {

    /** The mark of the format. Raise its last digit if these bytes or the JSON of an order change their meaning. */
    private static final int FORMAT = 0x4F524402;

    private static final int CONTENT = Integer.BYTES + Long.BYTES;

    private CachedDocument() {}

    static byte[] write(OrderDocument document) {
        ByteBuffer buffer = ByteBuffer.allocate(CONTENT + Integer.BYTES + document.json().length)
                .putInt(FORMAT)
                .putLong(0)
                .putInt(document.version())
                .put(document.json());
        return buffer.putLong(Integer.BYTES, checksum(buffer.array())).array();
    }

    /** Returns the order, or {@code null} if {@code value} is damaged or has another format. */
    static @Nullable OrderDocument read(OrderId id, byte[] value) {
        ByteBuffer buffer = ByteBuffer.wrap(value);
        if (value.length < CONTENT + Integer.BYTES
                || buffer.getInt() != FORMAT
                || buffer.getLong() != checksum(value)) {
            return null;
        }
        int version = buffer.getInt();
        byte[] json = new byte[buffer.remaining()];
        buffer.get(json);
        return new OrderDocument(id, version, null, json);
    }

    private static long checksum(byte[] value) {
        CRC32 checksum = new CRC32();
        checksum.update(value, CONTENT, value.length - CONTENT);
        return checksum.getValue();
    }
}
