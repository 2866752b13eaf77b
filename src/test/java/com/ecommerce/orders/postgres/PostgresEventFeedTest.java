package com.ecommerce.orders.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.event.EventFeed;
import com.ecommerce.orders.event.EventQuery;
import com.ecommerce.orders.event.FeedEntry;
import com.ecommerce.orders.event.PublishedEvent;
import com.ecommerce.orders.event.RemovedEvent;
import com.ecommerce.orders.identity.Caller;
import com.ecommerce.orders.operation.FeedPosition;
import com.ecommerce.orders.operation.OrderId;
import com.ecommerce.orders.order.Order;
import com.ecommerce.orders.testkit.TestDatabase;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tests of the event log and its positions, on a real database. */
@NullUnmarked
class PostgresEventFeedTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private static HikariDataSource pool;

    private final Caller caller = Samples.callerOfNewTenant();

    @BeforeAll
    static void openPool() {
        pool = Samples.pool(2);
    }

    @AfterAll
    static void closePool() {
        pool.close();
    }

    @Test
    void givesEventsGaplessPositionsInTheOrderOfTheirTimes() {
        Order later = place(NOON.plusSeconds(1));
        Order earlier = place(NOON);

        assertThat(read(0).entries())
                .extracting(PostgresEventFeedTest::orderOf)
                .containsExactly(earlier.id(), later.id());
        assertThat(read(0).entries()).extracting(FeedEntry::position).containsExactly(1L, 2L);
    }

    @Test
    void keepsThePositionsOfEventsWhenEarlierEventsCommitLater() throws Exception {
        Order placed = place(NOON);
        try (Connection late = TestDatabase.get().connect();
                Statement statement = late.createStatement()) {
            late.setAutoCommit(false);
            statement.execute("SELECT set_config('app.tenant_id', '" + caller.tenant() + "', true)");
            statement.execute("INSERT INTO outbox (tenant_id, at, order_id, seq) VALUES ('" + caller.tenant()
                    + "', '2020-01-01Z', gen_random_uuid(), 1)");

            assertThat(read(0).entries())
                    .extracting(PostgresEventFeedTest::orderOf)
                    .containsExactly(placed.id());
            late.commit();
        }

        assertThat(read(0).entries()).extracting(FeedEntry::position).containsExactly(1L, 2L);
        assertThat(read(1).entries()).containsExactly(new RemovedEvent(2));
    }

    @Test
    void publishesNothingOfATransactionThatWasRolledBack() throws Exception {
        place(NOON);
        read(0);
        assertThat(Samples.outcome(Samples.orders(pool)
                        .place(Samples.order(caller), Samples.change(caller, Samples.order(caller), null, true), null)))
                .isEqualTo("STORED");

        assertThat(read(0).entries()).hasSize(1);
        assertThat(count("outbox")).isZero();
    }

    @Test
    void anOrdersTimeNeverRunsBackwards() {
        Order order = place(NOON);
        Order confirmed = new Order(
                order.id(),
                2,
                Samples.confirmed(order).status(),
                order.details(),
                order.price(),
                null,
                order.createdBy(),
                order.createdByEmail(),
                order.createdAt(),
                NOON.minusSeconds(60));
        Samples.orders(pool).replace(order, confirmed, Samples.change(caller, confirmed));

        assertThat(read(0).entries())
                .extracting(entry -> ((PublishedEvent) entry).seq())
                .containsExactly(1, 2);
        assertThat(read(0).entries())
                .extracting(entry -> ((PublishedEvent) entry).time())
                .containsExactly(NOON, NOON);
        assertThat(Samples.orders(pool)
                        .find(caller.tenant(), order.id())
                        .orElseThrow()
                        .updatedAt())
                .isEqualTo(NOON);
    }

    @Test
    void readsNothingAfterTheLargestPosition() {
        place(NOON);

        EventFeed.Slice slice = read(Long.MAX_VALUE);

        assertThat(slice.entries()).isEmpty();
        assertThat(slice.head()).isEqualTo(1);
        assertThat(slice.end()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void anIdlePollWritesNothing() throws Exception {
        place(NOON);
        read(0);
        try (Connection connection = TestDatabase.get().connect();
                Statement statement = connection.createStatement()) {
            // The first poll may note in the index that the moved rows are gone. Other sessions may write in the
            // meantime.
            boolean isWriting = true;
            for (int poll = 0; isWriting && poll < 100; poll++) {
                String before = position(statement);
                statement.executeQuery(
                        "SELECT r_head FROM read_events_1('" + caller.tenant() + "', 0, 200, 1000000, NULL, false)");
                isWriting = !position(statement).equals(before);
            }
            assertThat(isWriting).isFalse();

            connection.setAutoCommit(false);
            statement.executeQuery(
                    "SELECT r_head FROM read_events_1('" + caller.tenant() + "', 0, 200, 1000000, NULL, false)");
            assertThat(text(statement, "SELECT coalesce(pg_current_xact_id_if_assigned()::text, 'none')"))
                    .isEqualTo("none");
        }
    }

    @Test
    void aReadOnlyTransactionReadsTheLogAndGivesNoPositions() throws Exception {
        place(NOON);
        read(0);
        place(NOON.plusSeconds(1));
        try (Connection replica = TestDatabase.get().connect();
                Statement statement = replica.createStatement()) {
            replica.setAutoCommit(false);
            replica.setReadOnly(true);
            assertThat(text(
                            statement,
                            "SELECT count(r_position) || ' of ' || max(r_head) FROM read_events_1('" + caller.tenant()
                                    + "', 0, 200, 1000000, NULL, false)"))
                    .isEqualTo("1 of 1");
        }
        assertThat(read(0).entries()).hasSize(2);
    }

    @Test
    void readsTheLogWhileAnotherReaderGivesPositions() throws Exception {
        place(NOON);
        read(0);
        place(NOON.plusSeconds(1));
        try (Connection other = TestDatabase.get().connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute(
                    "SELECT r_head FROM read_events_1('" + caller.tenant() + "', 0, 200, 1000000, NULL, false)");

            assertThat(read(0).entries()).hasSize(1);
            other.rollback();
        }
        assertThat(read(0).entries()).hasSize(2);
    }

    @Test
    void keepsThePositionOfARemovedOrder() throws Exception {
        place(NOON);
        Order removed = place(NOON.plusSeconds(1));
        place(NOON.plusSeconds(2));
        read(0);
        try (Connection owner = TestDatabase.get().connectAsOwner();
                Statement statement = owner.createStatement()) {
            statement.execute("DELETE FROM orders WHERE order_id = '" + removed.id() + "'");
        }

        assertThat(read(0).entries()).extracting(FeedEntry::position).containsExactly(1L, 2L, 3L);
        assertThat(read(1).entries()).first().isEqualTo(new RemovedEvent(2));
        assertThat(read(0, 10, Integer.MAX_VALUE, "EVENT_REMOVED").entries()).containsExactly(new RemovedEvent(2));
        assertThat(read(0, 10, Integer.MAX_VALUE, "ORDER_PLACED").entries())
                .extracting(FeedEntry::position)
                .containsExactly(1L, 3L);
    }

    @Test
    void aPageLooksAtFiveThousandPositionsAtMost() throws Exception {
        fillOutbox(6_000);
        read(0);
        read(0);
        assertThat(read(0).head()).isEqualTo(6_000);

        EventFeed.Slice first = read(0, 10, Integer.MAX_VALUE, "ORDER_PLACED");
        assertThat(first.entries()).isEmpty();
        assertThat(first.end()).isEqualTo(5_000);
        assertThat(first.more()).isTrue();
        EventFeed.Slice second = read(first.end(), 10, Integer.MAX_VALUE, "ORDER_PLACED");
        assertThat(second.end()).isEqualTo(6_000);
        assertThat(second.more()).isFalse();
    }

    @Test
    void movesAtMostTwoThousandEventsAtOnceAndSaysThatTheLogGoesOn() throws Exception {
        fillOutbox(2_001);

        EventFeed.Slice latest = readLatest();
        assertThat(latest.head()).isEqualTo(2_000);
        assertThat(latest.more()).isTrue();
        assertThat(readLatest().head()).isEqualTo(2_001);
        assertThat(readLatest().more()).isFalse();
    }

    @Test
    void endsAPageBeforeItGrowsTooLargeButNeverBeforeOneEvent() {
        for (int i = 0; i < 3; i++) {
            place(NOON.plusSeconds(i));
        }

        EventFeed.Slice small = read(0, 10, 1);
        assertThat(small.entries()).hasSize(1);
        assertThat(small.end()).isEqualTo(1);
        assertThat(small.more()).isTrue();
        EventFeed.Slice limited = read(1, 1, Integer.MAX_VALUE);
        assertThat(limited.end()).isEqualTo(2);
        assertThat(limited.more()).isTrue();
        EventFeed.Slice last = read(2, 1, Integer.MAX_VALUE);
        assertThat(last.end()).isEqualTo(3);
        assertThat(last.more()).isFalse();
    }

    @Test
    void ordersEventsOfOneOrderBySeqEvenIfTheirTimesRunBackwards() throws Exception {
        try (Connection connection = TestDatabase.get().connectAsOwner();
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO outbox (tenant_id, at, order_id, seq) SELECT '" + caller.tenant()
                    + "', timestamptz '2026-01-01Z' - make_interval(secs => n), '00000000-0000-0000-0000-000000000001', n"
                    + " FROM generate_series(1, 20) n");
        }
        read(0);

        assertThat(text("SELECT string_agg(seq::text, ' ' ORDER BY position) FROM event_log WHERE tenant_id = '"
                        + caller.tenant() + "'"))
                .isEqualTo(LongStream.rangeClosed(1, 20)
                        .mapToObj(Long::toString)
                        .reduce((all, next) -> all + " " + next)
                        .orElseThrow());
    }

    private Order place(Instant at) {
        Order order = Samples.order(caller, null, at.truncatedTo(ChronoUnit.MICROS));
        assertThat(Samples.outcome(Samples.orders(pool).place(order, Samples.change(caller, order), null)))
                .isEqualTo("STORED");
        return order;
    }

    private EventFeed.Slice read(long after) {
        return Samples.readFeed(pool, caller.tenant(), after);
    }

    private EventFeed.Slice read(long after, int limit, int maxBytes, String... types) {
        EventQuery query = new EventQuery(
                limit, new FeedPosition(FeedPosition.NO_EPOCH, after), Set.of(), EventQuery.Content.SUMMARY);
        return Samples.feed(pool).read(caller.tenant(), query, List.of(types), maxBytes);
    }

    private EventFeed.Slice readLatest() {
        EventQuery query = new EventQuery(10, null, Set.of(), EventQuery.Content.SUMMARY);
        return Samples.feed(pool).read(caller.tenant(), query, List.of(), Integer.MAX_VALUE);
    }

    /** Adds events of orders that do not exist. */
    private void fillOutbox(int count) throws SQLException {
        try (Connection owner = TestDatabase.get().connectAsOwner();
                Statement statement = owner.createStatement()) {
            statement.execute("INSERT INTO outbox (tenant_id, at, order_id, seq) SELECT '" + caller.tenant()
                    + "', now(), gen_random_uuid(), 1 FROM generate_series(1, " + count + ")");
        }
    }

    private static OrderId orderOf(FeedEntry entry) {
        return ((PublishedEvent) entry).orderId();
    }

    private long count(String table) throws SQLException {
        return Long.parseLong(text("SELECT count(*) FROM " + table + " WHERE tenant_id = '" + caller.tenant() + "'"));
    }

    private static String position(Statement statement) throws SQLException {
        return text(statement, "SELECT pg_current_wal_insert_lsn()::text || pg_current_wal_lsn()");
    }

    private static String text(String sql) throws SQLException {
        try (Connection owner = TestDatabase.get().connectAsOwner();
                Statement statement = owner.createStatement()) {
            return text(statement, sql);
        }
    }

    private static String text(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
