package com.ecommerce.orders.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.event.EventFeed;
import com.ecommerce.orders.event.EventQuery;
import com.ecommerce.orders.event.FeedEntry;
import com.ecommerce.orders.event.PublishedEvent;
import com.ecommerce.orders.identity.Caller;
import com.ecommerce.orders.operation.FeedPosition;
import com.ecommerce.orders.operation.OrdersUnavailableException;
import com.ecommerce.orders.order.Order;
import com.ecommerce.orders.order.OrderWrite;
import com.ecommerce.orders.testkit.TestDatabase;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Proves that the log has every stored event exactly once, gapless and in order for each order. Writers commit late, roll
 * back, and have clocks that differ. Readers stop before they store their cursor. The server ends connections of both.
 */
@NullUnmarked
class EventLogTest {

    private static final String APPLICATION = "event-log-test";
    private static final String WRITER = APPLICATION + "-writer";
    private static final int WRITERS = 8;
    private static final int READERS = 4;
    private static final int SHARED_ORDERS = 40;
    private static final int MAX_DELAY_NANOS = 4_000_000;

    private final Caller caller = Samples.callerOfNewTenant();
    private final List<Order> orders = new CopyOnWriteArrayList<>();
    private final Set<UUID> committed = ConcurrentHashMap.newKeySet();
    private final Set<UUID> rolledBack = ConcurrentHashMap.newKeySet();
    private final AtomicInteger writersAtWork = new AtomicInteger(WRITERS);
    private final AtomicBoolean isEverythingWritten = new AtomicBoolean();

    @Test
    void hasEveryEventOnceAndInOrder() throws Exception {
        run(2_000);
    }

    @Test
    @Tag("slow")
    void hasEveryOfManyEventsOnceAndInOrder() throws Exception {
        run(20_000);
    }

    /** No call may take longer than the role's statement timeout. The orders do not exist, so their events read as removed. */
    @Test
    @Tag("slow")
    void aTenantWithManyUnreadEventsIsReadableFromTheFirstRequestOn() throws Exception {
        int unread = 600_000;
        try (Connection owner = TestDatabase.get().connectAsOwner();
                PreparedStatement fill = owner.prepareStatement("INSERT INTO outbox (tenant_id, at, order_id, seq)"
                        + " SELECT ?, timestamptz '2026-01-01Z' + n * interval '1 second', gen_random_uuid(), 1"
                        + " FROM generate_series(1, ?) n")) {
            fill.setString(1, caller.tenant().value());
            fill.setInt(2, unread);
            fill.executeUpdate();
        }
        try (HikariDataSource pool = Samples.pool(1)) {
            long position = 0;
            EventFeed.Slice slice = Samples.readFeed(pool, caller.tenant(), 0);
            assertThat(slice.entries()).hasSize(200);
            while (!slice.entries().isEmpty()) {
                for (FeedEntry entry : slice.entries()) {
                    assertThat(entry.position()).isEqualTo(++position);
                }
                slice = Samples.readFeed(pool, caller.tenant(), slice.end());
            }
            assertThat(position).isEqualTo(unread);
            assertThat(slice.more()).isFalse();
        }
        assertThat(rows("SELECT 1 FROM outbox WHERE tenant_id = ?")).isEmpty();
    }

    private void run(int events) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS + READERS + 1);
        try (HikariDataSource pool = readerPool()) {
            List<Future<Integer>> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                int writer = i;
                writers.add(threads.submit(() -> new Writer(writer, events).run()));
            }
            List<Future<Map<Long, String>>> readers = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                int reader = i;
                readers.add(threads.submit(() -> follow(Samples.feed(pool), new Random(reader))));
            }
            Future<Integer> kills = threads.submit(this::endConnections);
            for (Future<Integer> writer : writers) {
                assertThat(writer.get()).isPositive();
            }

            assertThat(kills.get()).isGreaterThan(10);
            awaitEndOfWrites();
            assertThat(rolledBack).isNotEmpty();
            Map<Long, String> log = log();
            assertThat(log.keySet())
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, log.size()).boxed().toList());
            for (Future<Map<Long, String>> reader : readers) {
                assertThat(reader.get()).isEqualTo(log);
            }
            checkEvents(new ArrayList<>(log.values()));
        } finally {
            threads.shutdownNow();
        }
    }

    /** @param log the events as {@code order seq id} */
    private void checkEvents(List<String> log) throws SQLException {
        assertThat(log)
                .containsExactlyInAnyOrderElementsOf(rows(
                        "SELECT order_id || ' ' || seq || ' ' || change_id FROM order_events WHERE tenant_id = ?"));
        Set<String> published = log.stream().map(event -> event.split(" ")[2]).collect(Collectors.toSet());
        assertThat(published)
                .hasSameSizeAs(log)
                .containsAll(committed.stream().map(UUID::toString).toList())
                .doesNotContainAnyElementsOf(
                        rolledBack.stream().map(UUID::toString).toList());
        Map<String, Integer> last = new HashMap<>();
        for (String event : log) {
            String[] parts = event.split(" ");
            assertThat(Integer.parseInt(parts[1])).isEqualTo(last.merge(parts[0], 1, Integer::sum));
        }
    }

    /** Follows the log until it has all events. Every tenth page is lost before its cursor is stored. */
    private Map<Long, String> follow(PostgresEventFeed feed, Random random) throws SQLException {
        Map<Long, String> seen = new TreeMap<>();
        long after = 0;
        while (true) {
            boolean isLast = isEverythingWritten.get()
                    && rows("SELECT 1 FROM outbox WHERE tenant_id = ?").isEmpty();
            EventQuery query = new EventQuery(
                    1 + random.nextInt(200),
                    new FeedPosition(FeedPosition.NO_EPOCH, after),
                    Set.of(),
                    EventQuery.Content.SUMMARY);
            EventFeed.Slice slice;
            try {
                slice = feed.read(caller.tenant(), query, List.of(), Integer.MAX_VALUE);
            } catch (OrdersUnavailableException ended) {
                continue;
            }
            if (slice.entries().isEmpty()) {
                LockSupport.parkNanos(MAX_DELAY_NANOS);
            }
            long position = after;
            for (FeedEntry entry : slice.entries()) {
                assertThat(entry.position()).isEqualTo(++position);
                String event = describe((PublishedEvent) entry);
                assertThat(seen.merge(position, event, (before, again) -> before))
                        .isEqualTo(event);
            }
            assertThat(slice.end()).isEqualTo(position);
            after = random.nextInt(10) == 0 ? after : position;
            if (isLast && after == slice.head()) {
                return seen;
            }
        }
    }

    private static String describe(PublishedEvent event) {
        return event.orderId() + " " + event.seq() + " " + event.id();
    }

    /** Ends connections of writers and readers while writers work. */
    private int endConnections() throws SQLException {
        int ended = 0;
        try (Connection superuser = TestDatabase.get().connectAsSuperuser();
                Statement statement = superuser.createStatement()) {
            while (writersAtWork.get() > 0) {
                try (ResultSet row = statement.executeQuery(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE '"
                                + APPLICATION + "%' ORDER BY random() LIMIT 1")) {
                    ended += row.next() ? 1 : 0;
                }
                LockSupport.parkNanos(10L * MAX_DELAY_NANOS);
            }
        }
        return ended;
    }

    /** Waits until the server has ended all connections of writers. A connection that was lost may still commit. */
    private void awaitEndOfWrites() throws SQLException {
        try (Connection superuser = TestDatabase.get().connectAsSuperuser();
                PreparedStatement find =
                        superuser.prepareStatement("SELECT FROM pg_stat_activity WHERE application_name = ?")) {
            find.setString(1, WRITER);
            while (find.executeQuery().next()) {
                LockSupport.parkNanos(MAX_DELAY_NANOS);
            }
        }
        isEverythingWritten.set(true);
    }

    private static HikariDataSource readerPool() {
        HikariDataSource pool = Samples.pool(READERS);
        pool.setInitializationFailTimeout(-1);
        pool.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        pool.addDataSourceProperty("ApplicationName", APPLICATION);
        return pool;
    }

    /** Returns the log as the table has it. */
    private Map<Long, String> log() throws SQLException {
        Samples.readFeedToItsEnd(caller.tenant());
        Map<Long, String> log = new TreeMap<>();
        for (String row :
                rows("SELECT l.position || ' ' || l.order_id || ' ' || l.seq || ' ' || e.change_id FROM event_log l"
                        + " JOIN order_events e USING (tenant_id, order_id, seq) WHERE l.tenant_id = ?")) {
            int space = row.indexOf(' ');
            log.put(Long.valueOf(row.substring(0, space)), row.substring(space + 1));
        }
        return log;
    }

    private List<String> rows(String sql) throws SQLException {
        try (Connection owner = TestDatabase.get().connectAsOwner();
                PreparedStatement statement = owner.prepareStatement(sql)) {
            statement.setString(1, caller.tenant().value());
            List<String> found = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
            return found;
        }
    }

    /** One writer, whose clock differs from the clocks of the others by up to 100 ms. */
    private final class Writer implements AutoCloseable {

        private final Random random;
        private final int events;
        private final long clockMillis;
        private Connection connection;

        Writer(int number, int events) {
            this.random = new Random(number);
            this.events = events;
            this.clockMillis = number * 100L / (WRITERS - 1);
        }

        /** Returns the number of transactions that this writer has committed. */
        Integer run() throws SQLException {
            int commits = 0;
            try (this) {
                while (committed.size() < events) {
                    try {
                        if (connection == null) {
                            connection = TestDatabase.get().connect();
                            connection.setAutoCommit(false);
                            connection.setClientInfo("ApplicationName", WRITER);
                            connection.commit();
                        }
                        commits += write() ? 1 : 0;
                    } catch (SQLException ended) {
                        connection = null;
                    }
                }
                return commits;
            } finally {
                writersAtWork.decrementAndGet();
            }
        }

        private boolean write() throws SQLException {
            boolean isNew = orders.size() < SHARED_ORDERS || random.nextInt(10) == 0;
            Order order = isNew ? Samples.order(caller, null, now()) : orders.get(random.nextInt(orders.size()));
            Order written = isNew ? order : changed(order);
            OrderWrite write = Samples.change(caller, written);
            boolean isStored = isNew ? place(order, write) : replace(written, write);
            LockSupport.parkNanos(random.nextInt(MAX_DELAY_NANOS));
            if (isStored && random.nextInt(10) > 0) {
                connection.commit();
                committed.add(write.id());
                if (isNew && orders.size() < SHARED_ORDERS) {
                    orders.add(order);
                }
                return true;
            }
            connection.rollback();
            rolledBack.add(write.id());
            return false;
        }

        private Order changed(Order order) throws SQLException {
            try (PreparedStatement read = connection.prepareStatement("SELECT version FROM get_order_1(?, ?)")) {
                read.setString(1, caller.tenant().value());
                read.setObject(2, order.id().value());
                try (ResultSet row = read.executeQuery()) {
                    row.next();
                    return new Order(
                            order.id(),
                            row.getInt(1) + 1,
                            order.status(),
                            order.details(),
                            order.price(),
                            null,
                            order.createdBy(),
                            order.createdByEmail(),
                            order.createdAt(),
                            now().isBefore(order.createdAt()) ? order.createdAt() : now());
                }
            }
        }

        private boolean place(Order order, OrderWrite write) throws SQLException {
            return isStored(
                    "SELECT r_outcome FROM create_order_1(?, ?, ?::json, ?, 'alice', NULL, '{}', '[]', NULL, NULL,"
                            + " false, false)",
                    caller.tenant().value(),
                    order.id().value(),
                    write.document().text(),
                    write.id());
        }

        private boolean replace(Order order, OrderWrite write) throws SQLException {
            return isStored(
                    "SELECT r_outcome FROM replace_order_1(?, ?, ?, ?::json, false, ?, 'ORDER_UPDATED', 'alice', NULL, '{}',"
                            + " '[]', NULL, NULL, false)",
                    caller.tenant().value(),
                    order.id().value(),
                    order.version() - 1,
                    write.document().text(),
                    write.id());
        }

        private boolean isStored(String sql, Object... arguments) throws SQLException {
            try (PreparedStatement call = connection.prepareStatement(sql)) {
                for (int i = 0; i < arguments.length; i++) {
                    call.setObject(i + 1, arguments[i]);
                }
                try (ResultSet row = call.executeQuery()) {
                    row.next();
                    return row.getString(1).equals("STORED");
                }
            }
        }

        private Instant now() {
            return Instant.now().plusMillis(clockMillis).truncatedTo(ChronoUnit.MICROS);
        }

        @Override
        public void close() throws SQLException {
            if (connection != null) {
                connection.close();
            }
        }
    }
}
