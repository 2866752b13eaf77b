package com.ecommerce.orders.cache;

import com.ecommerce.orders.operation.OrderDocument;
import com.ecommerce.orders.operation.OrderId;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one order in the cache: the number of this format, a checksum, the order's version and its JSON. Values
 * are always checked, because a cache outlives deployments and may be shared with other programs.
 */
final class CachedDocument {

    /** The number of the format. Raise its last digit if these bytes or the JSON of an order change their meaning. */
    private static final int FORMAT = 0x4F524402;

    private static final int CONTENT = Integer.BYTES + Long.BYTES;
    private static final int JSON = CONTENT + Integer.BYTES;

    private CachedDocument() {}

    static byte[] write(OrderDocument document) {
        ByteBuffer buffer = ByteBuffer.allocate(JSON + document.json().length)
                .putInt(FORMAT)
                .putLong(0)
                .putInt(document.version())
                .put(document.json());
        return buffer.putLong(Integer.BYTES, checksum(buffer.array())).array();
    }

    /** Returns the order, or {@code null} if {@code value} is damaged or has another format. */
    static @Nullable OrderDocument read(OrderId id, byte[] value) {
        ByteBuffer buffer = ByteBuffer.wrap(value);
        if (!isDocument(value) || buffer.getLong(Integer.BYTES) != checksum(value)) {
            return null;
        }
        buffer.position(CONTENT);
        int version = buffer.getInt();
        byte[] json = new byte[buffer.remaining()];
        buffer.get(json);
        return new OrderDocument(id, version, null, json);
    }

    /** Says whether {@code value} begins as a document. */
    static boolean isDocument(byte[] value) {
        return value.length >= JSON && ByteBuffer.wrap(value).getInt() == FORMAT;
    }

    /** Says whether {@code value} is a document that is at least as new as {@code document}. */
    static boolean isCurrent(byte[] value, byte[] document) {
        return isDocument(value) && version(value) >= version(document);
    }

    private static int version(byte[] document) {
        return ByteBuffer.wrap(document).getInt(CONTENT);
    }

    private static long checksum(byte[] value) {
        CRC32 checksum = new CRC32();
        checksum.update(value, CONTENT, value.length - CONTENT);
        return checksum.getValue();
    }
}
