package com.ecommerce.orders.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ecommerce.orders.identity.Caller;
import com.ecommerce.orders.operation.IdempotencyKey;
import com.ecommerce.orders.operation.KeysetPosition;
import com.ecommerce.orders.operation.OrderFilter;
import com.ecommerce.orders.operation.OrderProblem;
import com.ecommerce.orders.operation.OrderQuery;
import com.ecommerce.orders.operation.OrderSort;
import com.ecommerce.orders.operation.OrdersUnavailableException;
import com.ecommerce.orders.operation.OrdersUnavailableException.Outcome;
import com.ecommerce.orders.operation.Slice;
import com.ecommerce.orders.operation.TenantBusyException;
import com.ecommerce.orders.order.Order;
import com.ecommerce.orders.order.OrderWrite;
import com.ecommerce.orders.order.Orders;
import com.ecommerce.orders.pricing.Money;
import com.ecommerce.orders.settings.DatabaseSettings;
import com.ecommerce.orders.testkit.DatabaseProxy;
import com.ecommerce.orders.testkit.TestDatabase;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NullUnmarked
class PostgresOrdersTest {

    private static final int NO_LIMIT = Integer.MAX_VALUE;
    private static final String BACKEND = "SELECT pg_backend_pid()";
    private static final String FAIL = "SELECT fail_at_first(?, ?)";

    private static HikariDataSource pool;
    private static PostgresOrders orders;

    private final Caller alice = Samples.callerOfNewTenant();

    @BeforeAll
    static void open() {
        pool = Samples.pool(10);
        orders = Samples.orders(pool);
    }

    @AfterAll
    static void close() {
        pool.close();
    }

    @Test
    void findsAnOrderAsItWasPlaced() {
        Order order = Samples.order(alice, "ref-1", Instant.parse("2026-01-01T12:00:00.123456Z"));

        assertThat(Samples.outcome(orders.place(order, Samples.change(alice, order), null)))
                .isEqualTo("STORED");

        assertThat(orders.find(alice.tenant(), order.id()).map(Order::withoutLedgers))
                .contains(order);
        assertThat(orders.find(alice.tenant(), order.id())
                        .orElseThrow()
                        .details()
                        .metadata()
                        .keySet())
                .containsExactly("b", "a");
    }

    @Test
    void findsNoOrderOfAnotherTenant() {
        Order order = placed();
        Caller mallory = Samples.callerOfNewTenant();

        assertThat(orders.find(mallory.tenant(), order.id())).isEmpty();
        assertThat(orders.events(mallory.tenant(), order.id(), 0, 10, NO_LIMIT)).isEmpty();
        assertThat(orders.findForChange(mallory.tenant(), order.id(), null).order())
                .isNull();
        assertThat(Samples.outcome(orders.replace(
                        order, Samples.confirmed(order), Samples.change(mallory, Samples.confirmed(order)))))
                .isEqualTo("NOT_FOUND");
    }

    @Test
    void anotherTenantMayUseTheSameReferenceAndKey() {
        Caller bob = Samples.callerOfNewTenant();
        IdempotencyKey key = new IdempotencyKey("k", "f");
        Order one = Samples.order(alice, "ref-1", Instant.now().truncatedTo(ChronoUnit.MICROS));
        Order other = Samples.order(bob, "ref-1", one.createdAt());

        assertThat(Samples.outcome(orders.place(one, Samples.change(alice, one, key, false), null)))
                .isEqualTo("STORED");
        assertThat(Samples.outcome(orders.place(other, Samples.change(bob, other, key, false), null)))
                .isEqualTo("STORED");
    }

    @Test
    void aWriteSentTwiceIsStoredOnce() {
        Order order = Samples.order(alice);
        OrderWrite place = Samples.change(alice, order, new IdempotencyKey("k", "f"), false);
        Order confirmed = Samples.confirmed(order);
        OrderWrite confirm = Samples.change(alice, confirmed);

        for (int i = 0; i < 3; i++) {
            assertThat(Samples.outcome(orders.place(order, place, null))).isEqualTo("STORED");
        }
        for (int i = 0; i < 3; i++) {
            assertThat(Samples.outcome(orders.replace(order, confirmed, confirm)))
                    .isEqualTo("STORED");
        }
        assertThat(orders.events(alice.tenant(), order.id(), 0, 10, NO_LIMIT)
                        .orElseThrow()
                        .entries())
                .hasSize(2);
    }

    /** The payment of the written version is no longer known, and the payment of the later version would be wrong. */
    @Test
    void aWriteSentAgainAfterALaterChangeIsUnknown() {
        Order order = placed();
        Order confirmed = Samples.confirmed(order);
        OrderWrite confirm = Samples.change(alice, confirmed);
        assertThat(Samples.outcome(orders.replace(order, confirmed, confirm))).isEqualTo("STORED");
        Order later = Samples.confirmed(confirmed);
        assertThat(Samples.outcome(orders.replace(confirmed, later, Samples.change(alice, later))))
                .isEqualTo("STORED");

        assertThat(Samples.outcome(orders.replace(order, confirmed, confirm))).isEqualTo("UNAVAILABLE");
    }

    @Test
    void aRefusedWriteLeavesNoKey() {
        placed("ref-1");
        IdempotencyKey key = new IdempotencyKey("k", "f");
        Order duplicate = Samples.order(alice, "ref-1", Instant.now().truncatedTo(ChronoUnit.MICROS));
        Order refused = Samples.order(alice);
        Order good = Samples.order(alice);

        assertThat(Samples.outcome(orders.place(duplicate, Samples.change(alice, duplicate, key, false), null)))
                .isEqualTo("DUPLICATE_EXTERNAL_REF");
        assertThat(Samples.outcome(orders.place(
                        refused,
                        Samples.change(alice, refused, key, false),
                        new OrderProblem.TotalMismatch(refused.price().totals()))))
                .isEqualTo("TOTAL_MISMATCH");
        assertThat(Samples.outcome(orders.replace(good, good, Samples.change(alice, good, key, false))))
                .isEqualTo("NOT_FOUND");
        assertThat(Samples.outcome(orders.place(good, Samples.change(alice, good, key, false), null)))
                .isEqualTo("STORED");
    }

    @Test
    void aDryRunStoresNothing() {
        Order order = Samples.order(alice);

        assertThat(Samples.outcome(orders.place(order, Samples.change(alice, order, null, true), null)))
                .isEqualTo("STORED");
        assertThat(orders.find(alice.tenant(), order.id())).isEmpty();

        Order stored = placed();
        Order confirmed = Samples.confirmed(stored);
        assertThat(Samples.outcome(orders.replace(stored, confirmed, Samples.change(alice, confirmed, null, true))))
                .isEqualTo("STORED");
        assertThat(orders.find(alice.tenant(), stored.id()).map(Order::withoutLedgers))
                .contains(stored);
    }

    @Test
    void eightClientsRacingForFiftyKeysMakeFiftyOrders() throws Exception {
        List<String> kinds = raceForFiftyKeys(orders);

        assertThat(kinds.stream().filter("STORED"::equals)).hasSize(50);
        assertThat(kinds.stream().filter("REPLAYED"::equals)).hasSize(350);
        assertThat(allIds(OrderQuery.MAX_LIMIT)).hasSize(50);
    }

    @Test
    void repeatsRolledBackTransactionsAndMakesFiftyOrders() throws Exception {
        try (HikariDataSource strict = Samples.pool(8)) {
            strict.setConnectionInitSql("SET default_transaction_isolation = 'serializable'");
            List<String> kinds = raceForFiftyKeys(Samples.orders(strict));

            assertThat(kinds.stream().filter("STORED"::equals)).hasSize(50);
            assertThat(kinds).isSubsetOf("STORED", "REPLAYED", "CONFLICT");
            assertThat(allIds(OrderQuery.MAX_LIMIT)).hasSize(50);
        }
    }

    /** Lets eight clients place an order at the same time under each of fifty keys, and returns their responses. */
    private List<String> raceForFiftyKeys(Orders store) throws Exception {
        List<Callable<String>> writes = new ArrayList<>();
        for (int key = 0; key < 50; key++) {
            IdempotencyKey shared = new IdempotencyKey("key-" + key, "f");
            for (int client = 0; client < 8; client++) {
                Order order = Samples.order(alice);
                writes.add(
                        () -> Samples.outcome(store.place(order, Samples.change(alice, order, shared, false), null)));
            }
        }
        Collections.shuffle(writes);
        return inParallel(8, writes);
    }

    /** Serialization failure and deadlock. */
    @ParameterizedTest
    @ValueSource(strings = {"40001", "40P01"})
    void aLostRaceIsRunFiveTimesAndNoMore(String state) throws Exception {
        assertThat(database().write(alice.tenant(), FAIL, PostgresOrdersTest::text, failing(4), state))
                .isEqualTo("5");
        assertThatThrownBy(() ->
                        database().write(alice.tenant(), FAIL, PostgresOrdersTest::text, failing(NO_LIMIT), state))
                .isInstanceOf(Database.LostRaceException.class);
        assertThatThrownBy(
                        () -> database().read(alice.tenant(), FAIL, PostgresOrdersTest::text, failing(NO_LIMIT), state))
                .isInstanceOf(OrdersUnavailableException.class);
    }

    /** Disk full, out of memory, too many connections, read-only, canceled, input/output error, no right, not migrated. */
    @ParameterizedTest
    @ValueSource(strings = {"53100", "53200", "53300", "25006", "57014", "58030", "42501", "42883"})
    void aServerThatLacksWhatItNeedsIsUnavailableAndStoredNothing(String state) throws Exception {
        try (HikariDataSource own = Samples.pool(1)) {
            Database mine = new Database(own, new TenantShares(1, Duration.ofSeconds(1)));
            assertThatThrownBy(
                            () -> mine.read(alice.tenant(), FAIL, PostgresOrdersTest::text, failing(NO_LIMIT), state))
                    .isInstanceOf(OrdersUnavailableException.class);
            assertThatThrownBy(
                            () -> mine.write(alice.tenant(), FAIL, PostgresOrdersTest::text, failing(NO_LIMIT), state))
                    .isInstanceOf(OrdersUnavailableException.class)
                    .extracting(PostgresOrdersTest::outcome)
                    .isEqualTo(Outcome.NOT_STORED);
        }
    }

    /** A connection that ended, a server that stops, and a Citus coordinator that lost a worker. */
    @ParameterizedTest
    @ValueSource(strings = {"08006", "57P01", "57P03"})
    void aWriteWhoseConnectionWasLostMayBeStored(String state) throws Exception {
        try (HikariDataSource own = Samples.pool(1)) {
            Database mine = new Database(own, new TenantShares(1, Duration.ofSeconds(1)));
            assertThatThrownBy(
                            () -> mine.write(alice.tenant(), FAIL, PostgresOrdersTest::text, failing(NO_LIMIT), state))
                    .isInstanceOf(OrdersUnavailableException.class)
                    .extracting(PostgresOrdersTest::outcome)
                    .isEqualTo(Outcome.UNKNOWN);
        }
    }

    private static Outcome outcome(Throwable unavailable) {
        return ((OrdersUnavailableException) unavailable).outcome();
    }

    /** Creates a statement that fails this many times and then tells how often it was run. */
    private int failing(int times) throws Exception {
        try (Connection owner = TestDatabase.get().connectAsOwner();
                Statement statement = owner.createStatement()) {
            statement.execute("CREATE SEQUENCE IF NOT EXISTS runs");
            statement.execute("ALTER SEQUENCE runs RESTART");
            statement.execute("GRANT USAGE ON SEQUENCE runs TO " + TestDatabase.USER);
            statement.execute("CREATE OR REPLACE FUNCTION fail_at_first(p_times integer, p_state text) RETURNS text"
                    + " LANGUAGE plpgsql AS $$ DECLARE v_run bigint := nextval('runs'); BEGIN"
                    + " IF v_run <= p_times THEN RAISE EXCEPTION 'run %', v_run USING ERRCODE = p_state; END IF;"
                    + " RETURN v_run; END $$");
        }
        return times;
    }

    @AfterAll
    static void dropWhatFails() throws Exception {
        try (Connection owner = TestDatabase.get().connectAsOwner();
                Statement statement = owner.createStatement()) {
            statement.execute("DROP FUNCTION IF EXISTS fail_at_first");
            statement.execute("DROP SEQUENCE IF EXISTS runs");
        }
    }

    private static String text(ResultSet rows) throws SQLException {
        rows.next();
        return rows.getString(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1_000})
    void aNewOrderHasThePaymentThatIsDerivedFromItsColumns(long total) throws Exception {
        Order order = Samples.order(alice, null, Instant.now().truncatedTo(ChronoUnit.MICROS), new Money(total));
        orders.place(order, Samples.change(alice, order), null);

        assertThat(count("SELECT count(*) FROM orders WHERE tenant_id = ? AND payment = payment_1(status, grand_total)"
                        + " AND payment_status = payment::json->>'status'"))
                .isEqualTo(1);
    }

    @Test
    void laterWritesRemoveKeysOlderThanThreeDays() throws Exception {
        for (int i = 0; i < 4; i++) {
            Order order = Samples.order(alice);
            orders.place(order, Samples.change(alice, order, new IdempotencyKey("old-" + i, "f"), false), null);
        }
        asOwner("UPDATE idempotency_keys SET created_at = now() - interval '73 hours' WHERE tenant_id = ?");
        Order order = Samples.order(alice);
        orders.place(order, Samples.change(alice, order, new IdempotencyKey("new", "f"), false), null);
        placed();

        assertThat(count("SELECT count(*) FROM idempotency_keys WHERE tenant_id = ?"))
                .isEqualTo(1);
    }

    @Test
    void pagesHoldEveryOrderOnceWhileOthersAreInserted() {
        List<Order> before = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            before.add(placed());
        }
        List<Object> seen = new ArrayList<>();
        KeysetPosition after = null;
        Slice<Order> slice;
        do {
            slice = page(OrderSort.OLDEST_FIRST, after, 7);
            slice.entries().forEach(order -> seen.add(order.id()));
            after = slice.entries().get(slice.entries().size() - 1).positionIn(OrderSort.OLDEST_FIRST);
            if (seen.size() < 40) {
                placed();
            }
        } while (slice.more());

        assertThat(seen).doesNotHaveDuplicates();
        assertThat(seen).containsAll(before.stream().map(Order::id).toList());
    }

    @Test
    void ordersOfOneInstantAreSortedByIdInBothDirections() {
        Instant at = Instant.parse("2026-01-01T00:00:00Z");
        for (int i = 0; i < 5; i++) {
            Order order = Samples.order(alice, null, at);
            orders.place(order, Samples.change(alice, order), null);
        }
        List<Object> ascending = new ArrayList<>(ids(page(OrderSort.OLDEST_FIRST, null, 10)));
        List<Object> descending = new ArrayList<>(ids(page(OrderSort.NEWEST_FIRST, null, 10)));
        Collections.reverse(descending);

        assertThat(ascending).isEqualTo(descending);
        assertThat(allIds(2)).hasSize(5);
    }

    @Test
    void aPageEndsBeforeItGrowsTooLargeButNeverBeforeOneOrder() {
        for (int i = 0; i < 3; i++) {
            placed();
        }
        Slice<Order> tiny = orders.list(alice.tenant(), OrderQuery.FIRST_PAGE, 1, Function.identity());

        assertThat(tiny.entries()).hasSize(1);
        assertThat(tiny.more()).isTrue();
    }

    @Test
    void aConnectionThatTheServerCutIsReplacedWithoutAFailure() throws Exception {
        try (HikariDataSource small = Samples.pool(3)) {
            PostgresOrders mine = Samples.orders(small);
            Order order = placed();
            for (int round = 0; round < 3; round++) {
                mine.find(alice.tenant(), order.id());
                terminateAllOf("PostgreSQL JDBC Driver");
                assertThat(mine.find(alice.tenant(), order.id())).isPresent();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"08006", "08001", "57P01", "0A000"})
    void keepsItsConnectionsWhenTheServerReportsALossElsewhere(String state) {
        try (HikariDataSource configured = configuredPool()) {
            Database database = new Database(configured, new TenantShares(2, Duration.ofSeconds(1)));
            int backend = database.read(BACKEND, PostgresOrdersTest::number);

            assertThatThrownBy(() -> database.read(
                            "DO $$ BEGIN RAISE EXCEPTION 'elsewhere' USING ERRCODE = '" + state + "'; END $$",
                            PostgresOrdersTest::number))
                    .isInstanceOf(RuntimeException.class);
            assertThat(database.read(BACKEND, PostgresOrdersTest::number)).isEqualTo(backend);
        }
    }

    @Test
    void replacesAConnectionThatTheServerEnds() throws Exception {
        try (HikariDataSource configured = configuredPool()) {
            Database database = new Database(configured, new TenantShares(2, Duration.ofSeconds(1)));
            int backend = database.read(BACKEND, PostgresOrdersTest::number);
            try (Connection other = TestDatabase.get().connect();
                    Statement statement = other.createStatement()) {
                statement.execute("SELECT pg_terminate_backend(" + backend + ")");
            }

            assertThat(database.read(BACKEND, PostgresOrdersTest::number)).isNotEqualTo(backend);
        }
    }

    @Test
    void aDatabaseThatIsNotThereIsUnavailable() {
        try (HikariDataSource nowhere = Samples.pool(1)) {
            nowhere.setJdbcUrl("jdbc:postgresql://localhost:1/orders");
            nowhere.setConnectionTimeout(300);
            nowhere.setInitializationFailTimeout(-1);
            PostgresOrders mine = Samples.orders(nowhere);

            assertThatThrownBy(() -> mine.list(alice.tenant(), OrderQuery.FIRST_PAGE, NO_LIMIT, Function.identity()))
                    .isInstanceOf(OrdersUnavailableException.class);
            Order order = Samples.order(alice);
            assertThatThrownBy(() -> mine.place(order, Samples.change(alice, order), null))
                    .isInstanceOf(OrdersUnavailableException.class)
                    .extracting(PostgresOrdersTest::outcome)
                    .isEqualTo(Outcome.NOT_STORED);
        }
    }

    @Test
    void aBusyTenantLeavesConnectionsToOthers() throws Exception {
        CountDownLatch inside = new CountDownLatch(3);
        CountDownLatch release = new CountDownLatch(1);
        TenantShares shares = new TenantShares(4, Duration.ofMillis(100));
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            for (int i = 0; i < 3; i++) {
                threads.execute(() -> shares.within(alice.tenant(), () -> {
                    inside.countDown();
                    return await(release);
                }));
            }
            assertThat(inside.await(5, TimeUnit.SECONDS)).isTrue();
            assertThatThrownBy(() -> shares.within(alice.tenant(), () -> true)).isInstanceOf(TenantBusyException.class);
            assertThat(shares.within(Samples.callerOfNewTenant().tenant(), () -> true))
                    .isTrue();
        } finally {
            release.countDown();
            threads.shutdown();
        }
        assertThat(threads.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
        assertThat(shares.within(alice.tenant(), () -> true)).isTrue();
    }

    @Test
    void eachOperationIsOneRoundTrip() throws Exception {
        Order order = placed();
        Order another = Samples.order(alice);
        Order confirmed = Samples.confirmed(order);
        Order dry = Samples.order(alice);
        try (DatabaseProxy proxy = DatabaseProxy.to(TestDatabase.get().url());
                HikariDataSource counted = Samples.pool(1)) {
            counted.setJdbcUrl(proxy.url());
            PostgresOrders mine = Samples.orders(counted);
            mine.find(alice.tenant(), order.id());

            assertThat(proxy.roundTrips(() -> mine.place(another, Samples.change(alice, another), null)))
                    .isEqualTo(1);
            assertThat(proxy.roundTrips(() -> mine.find(alice.tenant(), order.id())))
                    .isEqualTo(1);
            assertThat(proxy.roundTrips(
                            () -> mine.list(alice.tenant(), OrderQuery.FIRST_PAGE, NO_LIMIT, Function.identity())))
                    .isEqualTo(1);
            assertThat(proxy.roundTrips(() -> Samples.readFeed(counted, alice.tenant(), 0)))
                    .isEqualTo(1);
            assertThat(proxy.roundTrips(() -> mine.events(alice.tenant(), order.id(), 0, 10, NO_LIMIT)))
                    .isEqualTo(1);
            assertThat(proxy.roundTrips(() -> mine.findForChange(alice.tenant(), order.id(), null)))
                    .isEqualTo(1);
            assertThat(proxy.roundTrips(() -> mine.replace(order, confirmed, Samples.change(alice, confirmed))))
                    .isEqualTo(1);
            assertThat(proxy.roundTrips(() -> mine.place(dry, Samples.change(alice, dry, null, true), null)))
                    .isEqualTo(1);
        }
    }

    /** Creates a pool of one connection, with the settings of the application. */
    private static HikariDataSource configuredPool() {
        HikariDataSource configured = new HikariDataSource();
        PostgresConfiguration.configure(
                configured,
                new DatabaseSettings(TestDatabase.get().url(), TestDatabase.USER, TestDatabase.PASSWORD, 1));
        return configured;
    }

    private static int number(ResultSet rows) throws SQLException {
        rows.next();
        return rows.getInt(1);
    }

    private static Database database() {
        return new Database(pool, new TenantShares(10, Duration.ofSeconds(1)));
    }

    private Order placed() {
        return placed(null);
    }

    private Order placed(String externalRef) {
        Order order = Samples.order(alice, externalRef, Instant.now().truncatedTo(ChronoUnit.MICROS));
        assertThat(Samples.outcome(orders.place(order, Samples.change(alice, order), null)))
                .isEqualTo("STORED");
        return order;
    }

    private Slice<Order> page(OrderSort sort, KeysetPosition after, int limit) {
        return orders.list(
                alice.tenant(), new OrderQuery(limit, OrderFilter.ALL, sort, after, 0), NO_LIMIT, Function.identity());
    }

    private static List<Object> ids(Slice<Order> slice) {
        return slice.entries().stream().map(order -> (Object) order.id()).toList();
    }

    private Set<Object> allIds(int limit) {
        Set<Object> ids = new HashSet<>();
        KeysetPosition after = null;
        Slice<Order> slice;
        do {
            slice = page(OrderSort.NEWEST_FIRST, after, limit);
            ids.addAll(ids(slice));
            after = slice.entries().get(slice.entries().size() - 1).positionIn(OrderSort.NEWEST_FIRST);
        } while (slice.more());
        return ids;
    }

    private static <T> List<T> inParallel(int threads, List<Callable<T>> tasks) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> result : executor.invokeAll(tasks)) {
                results.add(result.get());
            }
            return results;
        } finally {
            executor.shutdownNow();
        }
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void asOwner(String sql) throws Exception {
        try (Connection owner = TestDatabase.get().connectAsOwner();
                PreparedStatement statement = owner.prepareStatement(sql)) {
            statement.setString(1, alice.tenant().value());
            statement.executeUpdate();
        }
    }

    private long count(String sql) throws Exception {
        try (Connection owner = TestDatabase.get().connectAsOwner();
                PreparedStatement statement = owner.prepareStatement(sql)) {
            statement.setString(1, alice.tenant().value());
            ResultSet rows = statement.executeQuery();
            rows.next();
            return rows.getLong(1);
        }
    }

    private static void terminateAllOf(String application) throws Exception {
        try (Connection connection = TestDatabase.get().connect();
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                                + " WHERE usename = current_user AND pid <> pg_backend_pid() AND application_name = ?")) {
            statement.setString(1, application);
            statement.executeQuery();
        }
    }
}
