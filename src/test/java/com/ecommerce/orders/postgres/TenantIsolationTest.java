package com.ecommerce.orders.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ecommerce.orders.event.PublishedEvent;
import com.ecommerce.orders.identity.Caller;
import com.ecommerce.orders.identity.TenantId;
import com.ecommerce.orders.operation.IdempotencyKey;
import com.ecommerce.orders.operation.OrderQuery;
import com.ecommerce.orders.order.Order;
import com.ecommerce.orders.order.OrderDetails;
import com.ecommerce.orders.order.OrderItem;
import com.ecommerce.orders.testkit.TestDatabase;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves that row-level security separates tenants without the application's own WHERE clauses. */
class TenantIsolationTest {

    private final Caller alice = Samples.callerOfNewTenant();
    private final Caller bob = Samples.callerOfNewTenant();

    @BeforeEach
    void placeAnOrderEach() {
        try (HikariDataSource pool = Samples.pool(1)) {
            for (Caller caller : List.of(alice, bob)) {
                Order order = Samples.order(caller);
                Samples.orders(pool)
                        .place(order, Samples.change(caller, order, new IdempotencyKey("k", "f"), false), null);
                assertThat(Samples.readFeed(pool, caller.tenant(), 0).entries()).hasSize(1);
                Order confirmed = Samples.confirmed(order);
                Samples.orders(pool).replace(order, confirmed, Samples.change(caller, confirmed));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"orders", "order_items", "order_events", "idempotency_keys", "outbox", "event_log", "feeds"})
    void aStatementWithoutWhereSeesTheOwnTenantOnly(String table) throws Exception {
        try (Connection connection = TestDatabase.get().connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            setTenant(statement, alice.tenant());

            assertThat(tenants(statement, table)).containsExactly(alice.tenant().value());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"orders", "order_items", "order_events", "idempotency_keys", "outbox", "event_log", "feeds"})
    void withoutATenantThereAreNoRows(String table) throws Exception {
        try (Connection connection = TestDatabase.get().connect();
                Statement statement = connection.createStatement()) {
            assertThat(tenants(statement, table)).isEmpty();
            // After a transaction with a setting, the setting is empty, not absent.
            connection.setAutoCommit(false);
            setTenant(statement, alice.tenant());
            connection.commit();
            assertThat(tenants(statement, table)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE orders SET note = 'changed'",
                "UPDATE orders SET tenant_id = current_setting('app.tenant_id')",
                "DELETE FROM idempotency_keys",
                "DELETE FROM outbox",
                "UPDATE feeds SET head = head + 1",
                "DELETE FROM order_items"
            })
    void aWriteWithoutWhereTouchesTheOwnTenantOnly(String sql) throws Exception {
        try (Connection connection = TestDatabase.get().connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            setTenant(statement, alice.tenant());

            assertThat(statement.executeUpdate(sql)).isEqualTo(1);
            connection.rollback();
        }
    }

    @Test
    void noTenantWritesRowsOfAnotherTenant() throws Exception {
        try (Connection connection = TestDatabase.get().connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            setTenant(statement, alice.tenant());

            assertThatThrownBy(() -> statement.executeUpdate(
                            "UPDATE orders SET tenant_id = '" + bob.tenant().value() + "'"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("row-level security");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM orders",
                "DELETE FROM order_events",
                "UPDATE order_events SET by = 'mallory'",
                "UPDATE event_log SET position = position + 1",
                "DELETE FROM event_log",
                "UPDATE outbox SET seq = seq + 1",
                "DELETE FROM feeds",
                "TRUNCATE orders",
                "ALTER TABLE orders DISABLE ROW LEVEL SECURITY",
                "DROP POLICY tenant_rows ON orders",
                "SET ROLE orders_owner"
            })
    void theApplicationMayNotEvenTry(String sql) throws Exception {
        try (Connection connection = TestDatabase.get().connect();
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute(sql)).isInstanceOf(SQLException.class);
        }
    }

    /** The other lock: each statement names the tenant for each table, so no statement depends on a policy. */
    @Test
    void withoutRowLevelSecurityTheStatementsAloneKeepTenantsApart() {
        try (HikariDataSource pool = Samples.superuserPool()) {
            PostgresOrders orders = Samples.orders(pool);
            Order alices = Samples.order(alice, "ref", Instant.now().truncatedTo(ChronoUnit.MICROS));
            Order bobs = Samples.order(bob, "ref", alices.createdAt());
            Order confirmed = Samples.confirmed(withOtherItems(alices));
            IdempotencyKey key = new IdempotencyKey("shared", "f");

            assertThat(Samples.outcome(orders.place(alices, Samples.change(alice, alices, key, false), null)))
                    .isEqualTo("STORED");
            assertThat(Samples.outcome(orders.place(bobs, Samples.change(bob, bobs, key, false), null)))
                    .isEqualTo("STORED");
            assertThat(orders.find(bob.tenant(), alices.id())).isEmpty();
            assertThat(orders.findForChange(bob.tenant(), alices.id(), null).order())
                    .isNull();
            assertThat(orders.findForChange(bob.tenant(), alices.id(), new IdempotencyKey("k2", "f"))
                            .answer())
                    .isNull();
            assertThat(orders.events(bob.tenant(), alices.id(), 0, 10, Integer.MAX_VALUE))
                    .isEmpty();
            assertThat(Samples.outcome(orders.replace(alices, confirmed, Samples.change(bob, confirmed))))
                    .isEqualTo("NOT_FOUND");
            assertThat(orders.list(bob.tenant(), OrderQuery.FIRST_PAGE, Integer.MAX_VALUE, Function.identity())
                            .entries())
                    .hasSize(2)
                    .extracting(Order::withoutLedgers)
                    .contains(bobs);
            assertThat(Samples.readFeed(pool, bob.tenant(), 0).entries())
                    .extracting(entry -> ((PublishedEvent) entry).orderId())
                    .contains(bobs.id())
                    .doesNotContain(alices.id());
            assertThat(orders.find(alice.tenant(), alices.id()).map(Order::withoutLedgers))
                    .contains(alices);
        }
    }

    @Test
    void aPooledConnectionForgetsItsLastTenant() throws Exception {
        try (HikariDataSource pool = Samples.pool(1)) {
            PostgresOrders orders = Samples.orders(pool);

            assertThat(orders.list(alice.tenant(), OrderQuery.FIRST_PAGE, Integer.MAX_VALUE, Function.identity())
                            .entries())
                    .hasSize(1);
            try (Connection reused = pool.getConnection();
                    Statement statement = reused.createStatement()) {
                assertThat(tenants(statement, "orders")).isEmpty();
            }
            assertThat(orders.list(bob.tenant(), OrderQuery.FIRST_PAGE, Integer.MAX_VALUE, Function.identity())
                            .entries())
                    .extracting(Order::createdBy)
                    .hasSize(1);
        }
    }

    @Test
    void aMigrationOfTheOwnerSeesEveryTenant() throws Exception {
        try (Connection connection = TestDatabase.get().connectAsOwner();
                Statement statement = connection.createStatement()) {
            assertThat(tenants(statement, "orders"))
                    .contains(alice.tenant().value(), bob.tenant().value());
        }
    }

    @Test
    void everyTableOfTenantsIsForcedUnderAPolicy() throws Exception {
        try (Connection connection = TestDatabase.get().connectAsOwner();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT c.relname FROM pg_class c JOIN pg_attribute a"
                        + " ON a.attrelid = c.oid AND a.attname = 'tenant_id' WHERE c.relkind IN ('r', 'p')"
                        + " AND c.relnamespace = 'public'::regnamespace"
                        + " AND NOT (c.relrowsecurity AND c.relforcerowsecurity)")) {
            assertThat(rows.next()).isFalse();
        }
    }

    @Test
    void onlyTheApplicationMayCallTheFunctions() throws Exception {
        assertThat(functions("has_function_privilege('orders_api', f.oid, 'EXECUTE')"))
                .isEqualTo(functions("true"));
        assertThat(functions("has_function_privilege('pg_monitor', f.oid, 'EXECUTE')"))
                .isEmpty();
    }

    @Test
    void everyFunctionSetsItsSearchPath() throws Exception {
        assertThat(functions("f.proconfig @> ARRAY['search_path=public, pg_temp']"))
                .isEqualTo(functions("true"));
    }

    private static List<String> functions(String condition) throws SQLException {
        try (Connection connection = TestDatabase.get().connectAsOwner();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT f.proname FROM pg_proc f"
                        + " WHERE f.pronamespace = 'public'::regnamespace AND f.proname ~ '_[0-9]+$' AND " + condition
                        + " ORDER BY 1")) {
            List<String> names = new ArrayList<>();
            while (rows.next()) {
                names.add(rows.getString(1));
            }
            return names;
        }
    }

    @Test
    void theReadinessCheckAsksForTheNewestMigration() throws IOException {
        try (Stream<Path> migrations = Files.list(Path.of("database/migrations"))) {
            assertThat(migrations
                            .map(file -> file.getFileName().toString())
                            .filter(name -> name.startsWith("V"))
                            .map(name -> name.substring(1, name.indexOf("__")))
                            .max(String::compareTo))
                    .contains(PostgresReadiness.MIGRATION);
        }
    }

    private static void setTenant(Statement statement, TenantId tenant) throws SQLException {
        statement.execute("SELECT set_config('app.tenant_id', '" + tenant.value() + "', true)");
    }

    private static List<String> tenants(Statement statement, String table) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT DISTINCT tenant_id FROM " + table + " ORDER BY 1")) {
            List<String> tenants = new ArrayList<>();
            while (rows.next()) {
                tenants.add(rows.getString(1));
            }
            return tenants;
        }
    }

    /** Returns the same order with other items, so that a write of the order also writes its items. */
    private static Order withOtherItems(Order order) {
        OrderDetails details = order.details();
        OrderItem item = details.items().get(0);
        OrderDetails others = new OrderDetails(
                details.externalRef(),
                details.currency(),
                details.customer(),
                List.of(new OrderItem("B-2", item.name(), item.quantity(), item.unitPrice(), item.taxRate())),
                details.discounts(),
                details.shipping(),
                details.shippingAddress(),
                details.billingAddress(),
                details.note(),
                details.metadata());
        return new Order(
                order.id(),
                order.version(),
                order.status(),
                others,
                order.price(),
                order.cancelReason(),
                order.createdBy(),
                order.createdByEmail(),
                order.createdAt(),
                order.updatedAt());
    }
}
