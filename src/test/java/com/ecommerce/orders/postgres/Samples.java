package com.ecommerce.orders.postgres;

import com.ecommerce.orders.event.EventFeed;
import com.ecommerce.orders.event.EventQuery;
import com.ecommerce.orders.identity.Caller;
import com.ecommerce.orders.identity.Permission;
import com.ecommerce.orders.identity.TenantId;
import com.ecommerce.orders.json.JsonOrderSerializer;
import com.ecommerce.orders.operation.FeedPosition;
import com.ecommerce.orders.operation.IdempotencyKey;
import com.ecommerce.orders.operation.OrderDocument;
import com.ecommerce.orders.operation.OrderId;
import com.ecommerce.orders.operation.OrderQuery;
import com.ecommerce.orders.operation.OrderStatus;
import com.ecommerce.orders.operation.Problem;
import com.ecommerce.orders.order.Customer;
import com.ecommerce.orders.order.Order;
import com.ecommerce.orders.order.OrderDetails;
import com.ecommerce.orders.order.OrderEvent;
import com.ecommerce.orders.order.OrderItem;
import com.ecommerce.orders.order.OrderWrite;
import com.ecommerce.orders.order.WriteOutcome;
import com.ecommerce.orders.pricing.LineAmounts;
import com.ecommerce.orders.pricing.Money;
import com.ecommerce.orders.pricing.Price;
import com.ecommerce.orders.pricing.TaxRate;
import com.ecommerce.orders.pricing.Totals;
import com.ecommerce.orders.testkit.TestDatabase;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.NullUnmarked;

/** Orders, writes and pools for tests of the storage. */
@NullUnmarked
final class Samples {

    private static final JsonOrderSerializer FORMAT = new JsonOrderSerializer();

    private Samples() {}

    static HikariDataSource pool(int size) {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(TestDatabase.get().url());
        pool.setUsername(TestDatabase.USER);
        pool.setPassword(TestDatabase.PASSWORD);
        pool.setMaximumPoolSize(size);
        pool.setConnectionTimeout(2_000);
        return pool;
    }

    /** Connections to which row-level security does not apply. */
    static HikariDataSource superuserPool() {
        HikariDataSource pool = pool(1);
        TestDatabase.get().logInAsSuperuser(pool::setUsername, pool::setPassword);
        return pool;
    }

    static PostgresOrders orders(HikariDataSource pool) {
        return new PostgresOrders(
                new Database(pool, new TenantShares(pool.getMaximumPoolSize(), Duration.ofSeconds(2))));
    }

    static PostgresTransactions transactions(HikariDataSource pool) {
        return new PostgresTransactions(
                new Database(pool, new TenantShares(pool.getMaximumPoolSize(), Duration.ofSeconds(2))));
    }

    static PostgresFulfillments fulfillments(HikariDataSource pool) {
        return new PostgresFulfillments(
                new Database(pool, new TenantShares(pool.getMaximumPoolSize(), Duration.ofSeconds(2))));
    }

    static PostgresReturns returns(HikariDataSource pool) {
        return new PostgresReturns(
                new Database(pool, new TenantShares(pool.getMaximumPoolSize(), Duration.ofSeconds(2))));
    }

    static PostgresLedgerEntries entries(HikariDataSource pool) {
        return new PostgresLedgerEntries(
                new Database(pool, new TenantShares(pool.getMaximumPoolSize(), Duration.ofSeconds(2))));
    }

    static PostgresEventFeed feed(HikariDataSource pool) {
        return new PostgresEventFeed(
                new Database(pool, new TenantShares(pool.getMaximumPoolSize(), Duration.ofSeconds(2))));
    }

    /** Reads the events of all types after a position. */
    static EventFeed.Slice readFeed(HikariDataSource pool, TenantId tenant, long after) {
        EventQuery query = new EventQuery(
                OrderQuery.MAX_LIMIT,
                new FeedPosition(FeedPosition.NO_EPOCH, after),
                Set.of(),
                EventQuery.Content.SUMMARY);
        return feed(pool).read(tenant, query, List.of(), Integer.MAX_VALUE);
    }

    /** Gives positions to all events of the tenant. */
    static void readFeedToItsEnd(TenantId tenant) {
        try (HikariDataSource pool = pool(1)) {
            EventFeed.Slice slice = readFeed(pool, tenant, 0);
            while (slice.more()) {
                slice = readFeed(pool, tenant, slice.end());
            }
        }
    }

    static Caller callerOfNewTenant() {
        TenantId tenant = new TenantId("t-" + UUID.randomUUID());
        return new Caller(tenant, "alice", "alice@example.org", Set.of(Permission.values()));
    }

    static Order order(Caller caller, String externalRef, Instant at) {
        return order(caller, externalRef, at, new Money(1_000));
    }

    static Order order(Caller caller, String externalRef, Instant at, Money price) {
        return order(
                caller,
                externalRef,
                at,
                List.of(new OrderItem("A-1", "Apple", 1, price, TaxRate.NONE)),
                List.of(new LineAmounts(price, Money.ZERO, Money.ZERO, price)));
    }

    /** Returns an order of these items without shipping. */
    static Order order(
            Caller caller, String externalRef, Instant at, List<OrderItem> items, List<LineAmounts> amounts) {
        OrderDetails details = new OrderDetails(
                externalRef,
                "EUR",
                new Customer("c-1", null, null),
                items,
                List.of(),
                null,
                null,
                null,
                null,
                new TreeMap<>(Map.of("b", "1", "a", "2")).descendingMap());
        Totals totals = new Totals(
                sum(amounts, LineAmounts::subtotal),
                sum(amounts, LineAmounts::discount),
                Money.ZERO,
                sum(amounts, LineAmounts::tax),
                sum(amounts, LineAmounts::total));
        return new Order(
                new OrderId(UUID.randomUUID()),
                1,
                OrderStatus.PLACED,
                details,
                new Price(amounts, totals),
                null,
                caller.userId(),
                caller.email(),
                at,
                at);
    }

    private static Money sum(List<LineAmounts> lines, Function<LineAmounts, Money> amount) {
        return lines.stream().map(amount).reduce(Money.ZERO, Money::plus);
    }

    static Order order(Caller caller) {
        return order(caller, null, Instant.now().truncatedTo(ChronoUnit.MICROS));
    }

    static Order confirmed(Order order) {
        return withStatus(order, OrderStatus.CONFIRMED, order.updatedAt());
    }

    /** Returns the next version of the order, with another status. */
    static Order withStatus(Order order, OrderStatus status, Instant at) {
        return new Order(
                order.id(),
                order.version() + 1,
                status,
                order.details(),
                order.price(),
                null,
                order.createdBy(),
                order.createdByEmail(),
                order.createdAt(),
                at,
                order.units(),
                null);
    }

    static OrderWrite change(Caller caller, Order order, IdempotencyKey key, boolean dryRun) {
        OrderEvent event = new OrderEvent(
                order.version(),
                order.version() == 1 ? OrderEvent.Type.ORDER_PLACED : OrderEvent.Type.ORDER_CONFIRMED,
                order.updatedAt(),
                caller.userId(),
                caller.email(),
                FORMAT.changes(order));
        return new OrderWrite(UUID.randomUUID(), caller, FORMAT.document(order), event, key, dryRun);
    }

    static OrderWrite change(Caller caller, Order order) {
        return change(caller, order, null, false);
    }

    /** Names the outcome of a write: STORED, REPLAYED, or the code of the problem. */
    static String outcome(WriteOutcome outcome) {
        return outcome.accept(new WriteOutcome.Visitor<>() {

            @Override
            public String stored(OrderDocument document) {
                return "STORED";
            }

            @Override
            public String replayed(OrderDocument document) {
                return "REPLAYED";
            }

            @Override
            public String refused(Problem problem) {
                return problem.code().name();
            }
        });
    }
}
