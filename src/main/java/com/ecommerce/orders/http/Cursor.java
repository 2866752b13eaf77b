package com.ecommerce.orders.http;

import com.ecommerce.orders.operation.FeedPosition;
import com.ecommerce.orders.operation.FulfillmentStatus;
import com.ecommerce.orders.operation.KeysetPosition;
import com.ecommerce.orders.operation.LedgerPosition;
import com.ecommerce.orders.operation.OrderEventPosition;
import com.ecommerce.orders.operation.OrderFilter;
import com.ecommerce.orders.operation.OrderId;
import com.ecommerce.orders.operation.OrderQuery;
import com.ecommerce.orders.operation.OrderSort;
import com.ecommerce.orders.operation.OrderStatus;
import com.ecommerce.orders.operation.PagePosition;
import com.ecommerce.orders.operation.PaymentStatus;
import com.ecommerce.orders.operation.ProblemCode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.TreeSet;
import java.util.UUID;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A position in a list, as text that clients send back unchanged.
 *
 * <p>A cursor has a version, a hash of the list's sort and filter, the key of the last entry, and a checksum. It contains
 * no tenant and no secret. All platforms read the same cursors.
 */
final class Cursor {

    private static final byte VERSION = 1;
    private static final int LIST_BYTES = 8;
    private static final int HEADER_BYTES = 1 + LIST_BYTES;
    private static final int CHECKSUM_BYTES = 4;
    private static final int ORDER_KEY_BYTES = Long.BYTES + 2 * Long.BYTES;

    private static final int FEED_KEY_BYTES = 2 * Long.BYTES + Long.BYTES;

    private static final String CURSOR = "?cursor";
    private static final String FEED = "feed";
    private static final String EVENTS = "events";

    /** The earliest time of RFC 3339, whose years have four digits. PostgreSQL refuses much earlier and later times. */
    private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

    private Cursor() {}

    /** Returns the cursor of the page that starts after {@code next} in the list that {@code query} asks for. */
    static String write(OrderQuery query, PagePosition next) {
        if (next instanceof KeysetPosition key) {
            return write(query.filter(), query.sort(), key);
        }
        return next instanceof LedgerPosition entry
                ? write(entry.order(), entry.ledger().path(), entry.seq())
                : write(((OrderEventPosition) next).order(), ((OrderEventPosition) next).seq());
    }

    static String write(OrderFilter filter, OrderSort sort, KeysetPosition key) {
        ByteBuffer bytes = start(describe(filter, sort), ORDER_KEY_BYTES)
                .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, key.time()))
                .putLong(key.id().value().getMostSignificantBits())
                .putLong(key.id().value().getLeastSignificantBits());
        return finish(bytes);
    }

    /** @throws HttpProblemException if the cursor is damaged or belongs to another list */
    static KeysetPosition read(String text, OrderFilter filter, OrderSort sort) {
        ByteBuffer bytes = open(CURSOR, text, describe(filter, sort), ORDER_KEY_BYTES);
        Instant time = Instant.EPOCH.plus(bytes.getLong(), ChronoUnit.MICROS);
        if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
            throw mangled(CURSOR);
        }
        return new KeysetPosition(time, new OrderId(new UUID(bytes.getLong(), bytes.getLong())));
    }

    static String write(OrderId events, int seq) {
        return write(events, EVENTS, seq);
    }

    /** @param collection the last segment of the path of the order's list */
    static String write(OrderId order, String collection, int seq) {
        return finish(start(describe(order, collection), Integer.BYTES).putInt(seq));
    }

    /** @throws HttpProblemException if the cursor is damaged or belongs to another list */
    static int read(String text, OrderId events) {
        return read(text, events, EVENTS);
    }

    /** @throws HttpProblemException if the cursor is damaged or belongs to another list */
    static int read(String text, OrderId order, String collection) {
        return open(CURSOR, text, describe(order, collection), Integer.BYTES).getInt();
    }

    /** Returns the cursor of the part of an event log after {@code feed}. It is valid with any filter. */
    static String write(FeedPosition feed) {
        ByteBuffer bytes = start(hash(FEED), FEED_KEY_BYTES)
                .putLong(feed.epoch().getMostSignificantBits())
                .putLong(feed.epoch().getLeastSignificantBits())
                .putLong(feed.position());
        return finish(bytes);
    }

    /** @throws HttpProblemException if the cursor is damaged or belongs to a list */
    static FeedPosition readFeed(String text) {
        ByteBuffer bytes = open("?after", text, hash(FEED), FEED_KEY_BYTES);
        UUID epoch = new UUID(bytes.getLong(), bytes.getLong());
        long position = bytes.getLong();
        if (position < 0) {
            throw mangled("?after");
        }
        return new FeedPosition(epoch, position);
    }

    private static ByteBuffer start(byte[] list, int keyBytes) {
        return ByteBuffer.allocate(HEADER_BYTES + keyBytes + CHECKSUM_BYTES)
                .put(VERSION)
                .put(list);
    }

    @SuppressWarnings("ByteBufferBackingArray") // The buffer comes from start(), so it uses the whole array.
    private static String finish(ByteBuffer bytes) {
        bytes.putInt(checksum(bytes.array()));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    private static ByteBuffer open(String parameter, String text, byte[] list, int keyBytes) {
        byte[] decoded = decode(text);
        ByteBuffer bytes = ByteBuffer.wrap(decoded);
        boolean intact = decoded.length > HEADER_BYTES + CHECKSUM_BYTES
                && decoded[0] == VERSION
                && bytes.getInt(decoded.length - CHECKSUM_BYTES) == checksum(decoded)
                // Base64 has several spellings of the same bytes. Only the spelling of finish() is valid.
                && Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(decoded)
                        .equals(text);
        if (!intact) {
            throw mangled(parameter);
        }
        byte[] listOfCursor = new byte[LIST_BYTES];
        bytes.position(1).get(listOfCursor);
        if (!MessageDigest.isEqual(list, listOfCursor) || decoded.length != HEADER_BYTES + keyBytes + CHECKSUM_BYTES) {
            throw new HttpProblemException(
                    ProblemCode.CURSOR_MISMATCH,
                    "The cursor belongs to a list with other filters or another sort. Start again without a cursor.");
        }
        return bytes;
    }

    private static HttpProblemException mangled(String parameter) {
        return ViolationCollector.parameter(
                parameter, "The cursor is damaged. Send nextCursor exactly as it was received.");
    }

    private static byte[] decode(String text) {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException notBase64) {
            return new byte[0];
        }
    }

    private static int checksum(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, bytes.length - CHECKSUM_BYTES);
        return (int) crc.getValue();
    }

    private static byte[] describe(OrderId order, String collection) {
        return hash(collection + " " + order);
    }

    private static byte[] describe(OrderFilter filter, OrderSort sort) {
        StringBuilder text = new StringBuilder("orders ").append(sort.text());
        for (OrderStatus status : new TreeSet<>(filter.statuses())) {
            text.append(' ').append(status);
        }
        for (PaymentStatus status : new TreeSet<>(filter.paymentStatuses())) {
            text.append(" payment ").append(status);
        }
        for (FulfillmentStatus status : new TreeSet<>(filter.fulfillmentStatuses())) {
            text.append(" fulfillment ").append(status);
        }
        append(text, filter.createdBy());
        append(text, filter.customerId());
        append(text, filter.externalRef());
        append(text, filter.createdFrom());
        append(text, filter.createdTo());
        append(text, filter.updatedFrom());
        append(text, filter.updatedTo());
        return hash(text.toString());
    }

    /** Appends a part with its length, so that two different filters never have the same text. */
    private static void append(StringBuilder text, @Nullable Object part) {
        String value = part == null ? "" : part.toString();
        text.append('\n').append(part == null ? -1 : value.length()).append(':').append(value);
    }

    private static byte[] hash(String list) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(list.getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(digest, LIST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
