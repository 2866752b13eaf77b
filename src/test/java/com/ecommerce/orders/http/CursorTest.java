package com.ecommerce.orders.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ecommerce.orders.operation.FeedPosition;
import com.ecommerce.orders.operation.KeysetPosition;
import com.ecommerce.orders.operation.OrderFilter;
import com.ecommerce.orders.operation.OrderId;
import com.ecommerce.orders.operation.OrderSort;
import com.ecommerce.orders.operation.OrderStatus;
import com.ecommerce.orders.operation.PaymentStatus;
import com.ecommerce.orders.operation.ProblemCode;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import java.util.zip.CRC32;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NullUnmarked
class CursorTest {

    private static final KeysetPosition KEY = new KeysetPosition(
            Instant.parse("2026-01-01T12:00:00.123456Z"),
            new OrderId(UUID.fromString("019b0000-0000-7000-8000-000000000001")));
    private static final OrderSort SORT = OrderSort.NEWEST_FIRST;

    @Test
    void returnsTheKeyThatItWasMadeFrom() {
        String cursor = Cursor.write(OrderFilter.ALL, SORT, KEY);

        assertThat(Cursor.read(cursor, OrderFilter.ALL, SORT)).isEqualTo(KEY);
    }

    @Test
    void reachesBeforeTheEpoch() {
        KeysetPosition early = new KeysetPosition(Instant.parse("1912-06-23T00:00:00.000001Z"), KEY.id());

        assertThat(Cursor.read(Cursor.write(OrderFilter.ALL, SORT, early), OrderFilter.ALL, SORT))
                .isEqualTo(early);
    }

    @Test
    void meansTheSameOnEveryPlatformAndInEveryRelease() {
        OrderFilter filter = filter(EnumSet.of(OrderStatus.CONFIRMED, OrderStatus.PLACED), "c-1");

        assertThat(Cursor.write(filter, SORT, KEY))
                .isEqualTo(Cursor.write(filter(Set.of(OrderStatus.PLACED, OrderStatus.CONFIRMED), "c-1"), SORT, KEY));
    }

    @Test
    void belongsToOneListOnly() {
        String cursor = Cursor.write(OrderFilter.ALL, SORT, KEY);

        assertCode(ProblemCode.CURSOR_MISMATCH, cursor, OrderFilter.ALL, OrderSort.OLDEST_FIRST);
        assertCode(ProblemCode.CURSOR_MISMATCH, cursor, filter(Set.of(OrderStatus.PLACED), null), SORT);
        assertCode(ProblemCode.CURSOR_MISMATCH, Cursor.write(KEY.id(), 3), OrderFilter.ALL, SORT);
    }

    @Test
    void noSingleCharacterCanBeChanged() {
        String cursor = Cursor.write(OrderFilter.ALL, SORT, KEY);

        for (int i = 0; i < cursor.length(); i++) {
            for (char other : "AQz_-9=.".toCharArray()) {
                if (cursor.charAt(i) != other) {
                    String mangled = cursor.substring(0, i) + other + cursor.substring(i + 1);
                    assertCode(ProblemCode.INVALID_PARAMETER, mangled, OrderFilter.ALL, SORT);
                }
            }
        }
        assertCode(ProblemCode.INVALID_PARAMETER, cursor + "A", OrderFilter.ALL, SORT);
        assertCode(ProblemCode.INVALID_PARAMETER, cursor.substring(1), OrderFilter.ALL, SORT);
        assertCode(ProblemCode.INVALID_PARAMETER, "x", OrderFilter.ALL, SORT);
    }

    /** A client can compute the checksum. PostgreSQL does not have such times. */
    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -62_167_219_200_000_001L, 253_402_300_800_000_000L, Long.MAX_VALUE})
    void refusesATimeThatNoOrderCanHave(long micros) {
        ByteBuffer forged = ByteBuffer.wrap(Base64.getUrlDecoder().decode(Cursor.write(OrderFilter.ALL, SORT, KEY)));
        forged.putLong(9, micros);
        CRC32 checksum = new CRC32();
        checksum.update(forged.array(), 0, forged.capacity() - 4);
        forged.putInt(forged.capacity() - 4, (int) checksum.getValue());
        String cursor = Base64.getUrlEncoder().withoutPadding().encodeToString(forged.array());

        assertCode(ProblemCode.INVALID_PARAMETER, cursor, OrderFilter.ALL, SORT);
    }

    @Test
    void aCursorOfEventsBelongsToOneOrder() {
        String cursor = Cursor.write(KEY.id(), 7);

        assertThat(Cursor.read(cursor, KEY.id())).isEqualTo(7);
        assertThatThrownBy(() -> Cursor.read(cursor, new OrderId(new UUID(1, 2))))
                .isInstanceOfSatisfying(
                        HttpProblemException.class,
                        problem -> assertThat(problem.document().code()).isEqualTo(ProblemCode.CURSOR_MISMATCH));
    }

    @Test
    void aCursorOfALedgerBelongsToOneLedgerOfOneOrder() {
        String cursor = Cursor.write(KEY.id(), "transactions", 7);

        assertThat(Cursor.read(cursor, KEY.id(), "transactions")).isEqualTo(7);
        assertThatThrownBy(() -> Cursor.read(cursor, KEY.id(), "events")).isInstanceOf(HttpProblemException.class);
        assertThatThrownBy(() -> Cursor.read(cursor, new OrderId(new UUID(1, 2)), "transactions"))
                .isInstanceOf(HttpProblemException.class);
    }

    @Test
    void belongsToOnePaymentStatusOnly() {
        String cursor = Cursor.write(unpaid(), SORT, KEY);

        assertThat(Cursor.read(cursor, unpaid(), SORT)).isEqualTo(KEY);
        assertCode(ProblemCode.CURSOR_MISMATCH, cursor, OrderFilter.ALL, SORT);
    }

    @Property
    void aCursorOfTheFeedReturnsThePositionThatItWasMadeFrom(
            @ForAll long high, @ForAll long low, @ForAll @LongRange(min = 0) long position) {
        FeedPosition feed = new FeedPosition(new UUID(high, low), position);

        assertThat(Cursor.readFeed(Cursor.write(feed))).isEqualTo(feed);
    }

    @Property
    void refusesACursorOfTheFeedWithOneChangedBit(
            @ForAll @LongRange(min = 0) long position, @ForAll @IntRange(max = 8 * 37 - 1) int bit) {
        byte[] bytes = Base64.getUrlDecoder()
                .decode(Cursor.write(new FeedPosition(KEY.id().value(), position)));
        bytes[bit / 8] ^= (byte) (1 << bit % 8);
        String changed = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);

        assertThat(bytes).hasSize(37);
        assertThatThrownBy(() -> Cursor.readFeed(changed)).isInstanceOf(HttpProblemException.class);
    }

    /** A client can compute the checksum. */
    @Test
    void refusesANegativePosition() {
        String forged = Cursor.write(new FeedPosition(KEY.id().value(), -1));

        assertThatThrownBy(() -> Cursor.readFeed(forged)).isInstanceOf(HttpProblemException.class);
    }

    @Test
    void aCursorOfTheFeedIsTheSameInEveryRelease() {
        assertThat(Cursor.write(new FeedPosition(KEY.id().value(), 417)))
                .isEqualTo("Aci8JYbN2HzWAZsAAAAAcACAAAAAAAAAAQAAAAAAAAGhutHx3g");
    }

    private static void assertCode(ProblemCode type, String cursor, OrderFilter filter, OrderSort sort) {
        assertThatThrownBy(() -> Cursor.read(cursor, filter, sort))
                .isInstanceOfSatisfying(
                        HttpProblemException.class,
                        problem -> assertThat(problem.document().code()).isEqualTo(type));
    }

    private static OrderFilter unpaid() {
        return new OrderFilter(
                Set.of(), Set.of(PaymentStatus.UNPAID), Set.of(), null, null, null, null, null, null, null);
    }

    private static OrderFilter filter(Set<OrderStatus> statuses, String customerId) {
        return new OrderFilter(statuses, Set.of(), Set.of(), null, customerId, null, null, null, null, null);
    }
}
