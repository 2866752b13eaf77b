package com.ecommerce.orders.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.operation.OrderFilter;
import com.ecommerce.orders.operation.OrderSort;
import com.ecommerce.orders.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Proves for any filters that a list reads an index of the tenant, and never sorts all orders of the tenant. */
class ListPlansTest {

    private static final String TENANT = "plans";
    private static final int ORDERS = 20_000;
    private static final int PAGE = 50;

    /** The filters of a list, as the arguments of list_orders_1 from p_statuses on. */
    private static final List<String> FILTERS = List.of(
            "NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL",
            "'{PLACED}', NULL, NULL, NULL, NULL, NULL, NULL, NULL",
            "'{PLACED,CONFIRMED}', NULL, NULL, NULL, NULL, NULL, NULL, NULL",
            "NULL, 'user-7', NULL, NULL, NULL, NULL, NULL, NULL",
            "NULL, NULL, 'customer-7', NULL, NULL, NULL, NULL, NULL",
            "NULL, NULL, NULL, 'ref-7', NULL, NULL, NULL, NULL",
            "NULL, NULL, NULL, NULL, '2026-01-01Z', '2026-01-02Z', NULL, NULL",
            "NULL, NULL, NULL, NULL, NULL, NULL, '2026-01-01Z', '2026-01-02Z'",
            "'{PLACED}', 'user-7', 'customer-7', NULL, '2026-01-01Z', NULL, NULL, '2027-01-01Z'",
            "NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '{VOIDED}'",
            "NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '{PAID,VOIDED}'",
            "NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '{CANCELLED}'",
            "NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '{CANCELLED,RETURNED}'");

    @BeforeAll
    static void fill() throws Exception {
        try (Connection owner = TestDatabase.get().connectAsOwner();
                Statement statement = owner.createStatement()) {
            statement.execute(
                    "INSERT INTO orders (tenant_id, order_id, version, status, external_ref, currency,"
                            + " customer_id, subtotal, discount, shipping, tax, grand_total, created_by, created_at,"
                            + " updated_at, document_bytes, payment, payment_status, fulfillment_status)"
                            + " SELECT t, gen_random_uuid(), 1, s,"
                            + " 'ref-' || n, 'EUR', 'customer-' || n % 500, 5, 0, 0, 0, 5, 'user-' || n % 50,"
                            + " timestamptz '2026-01-01Z' + n * interval '1 minute',"
                            + " timestamptz '2026-01-01Z' + n * interval '1 minute', 1000, payment_1(s, 5), split_part(payment_1(s, 5), '\"', 4),"
                            + " CASE s WHEN 'CANCELLED' THEN s ELSE 'UNFULFILLED' END"
                            + " FROM generate_series(1, " + ORDERS + ") n, unnest(ARRAY['" + TENANT
                            + "', 'other-plans']) t,"
                            + " LATERAL (SELECT (ARRAY['PLACED','CONFIRMED','COMPLETED','CANCELLED'])[1 + n % 4]) AS status(s)");
            statement.execute("ANALYZE orders");
        }
    }

    @AfterAll
    static void empty() throws Exception {
        try (Connection owner = TestDatabase.get().connectAsOwner();
                Statement statement = owner.createStatement()) {
            statement.execute("DELETE FROM orders WHERE tenant_id IN ('" + TENANT + "', 'other-plans')");
        }
    }

    static Stream<Arguments> lists() {
        List<Arguments> lists = new ArrayList<>();
        for (OrderSort sort : OrderSort.values()) {
            for (String filter : FILTERS) {
                for (String after : List.of("NULL, NULL", "'2026-01-07Z', '00000000-0000-0000-0000-000000000000'")) {
                    lists.add(Arguments.of(sort.text(), filter, after));
                }
            }
        }
        return lists.stream();
    }

    @ParameterizedTest
    @MethodSource("lists")
    void readsByAnIndexOfTheTenantAndSortsAPageAtMost(String sort, String filter, String after) throws Exception {
        String plan = plan("SELECT * FROM list_orders_1('" + TENANT + "', '" + sort + "', 50, 4000000, " + after + ", "
                + filter + ")");

        assertThat(plan).contains("tenant_id = 'plans'").doesNotContain("Seq Scan on orders");
        assertThat(rowsRead(plan)).as(plan).isLessThan(ORDERS / 2);
    }

    @Test
    void readsFewRowsIfFilterAndSortUseDifferentTimes() throws Exception {
        Instant late = Instant.parse("2026-01-12T00:00:00Z");
        OrderFilter filter = new OrderFilter(Set.of(), Set.of(), Set.of(), null, null, null, late, null, null, null)
                .boundedFor(OrderSort.EARLIEST_CHANGE_FIRST);

        String plan = plan("SELECT * FROM list_orders_1('" + TENANT + "', 'updatedAt', 50, 4000000, NULL, NULL,"
                + " NULL, NULL, NULL, NULL, '" + filter.createdFrom() + "', NULL, '" + filter.updatedFrom()
                + "', NULL)");

        assertThat(plan).contains("orders_by_change");
        assertThat(rowsRead(plan)).as(plan).isLessThanOrEqualTo(PAGE + 1);
    }

    /** Returns the greatest number of rows that one scan of the table read, including filtered rows. */
    private static int rowsRead(String plan) {
        int most = 0;
        for (String line : plan.lines().toList()) {
            if (line.contains("actual") && (line.contains("on orders o") || line.contains("on orders_by"))) {
                most = Math.max(
                        most, Integer.parseInt(line.replaceAll(".*actual.* rows=([0-9]+)(\\.[0-9]+)? .*", "$1")));
            }
        }
        return most;
    }

    private static String plan(String sql) throws Exception {
        try (Connection connection = TestDatabase.get().connectAsSuperuser();
                Statement statement = connection.createStatement()) {
            statement.execute("LOAD 'auto_explain'");
            statement.execute("SET auto_explain.log_min_duration = 0");
            statement.execute("SET auto_explain.log_nested_statements = on");
            statement.execute("SET auto_explain.log_analyze = on");
            statement.execute("SET auto_explain.log_timing = off");
            statement.execute("SET client_min_messages = log");
            statement.execute("SET ROLE " + TestDatabase.USER);
            try (PreparedStatement query = connection.prepareStatement(sql)) {
                query.executeQuery();
                StringBuilder plan = new StringBuilder();
                for (SQLWarning notice = query.getWarnings(); notice != null; notice = notice.getNextWarning()) {
                    plan.append(notice.getMessage()).append('\n');
                }
                return plan.toString();
            }
        }
    }
}
