import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.ecommerce.orders.operation.OrderFilter;
import com.ecommerce.orders.operation.OrderSort;
import com.ecommerce.orders.operation.OrderStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.slf4j.LoggerFactory;

/**
 * Measures the API's statements with few and with many orders, as the API's role. The number of orders must not change
 * the cost. Both databases run in short turns, so other work on the machine affects both.
 */
class ScaleBenchmark {

    private static final String CREATE = "SELECT * FROM create_order_1(?, uuidv7(), ?::json, uuidv7(), 'alice', NULL,"
            + " '{\"currency\":\"EUR\"}'::json, '[\"currency\"]'::json, ?, 'fingerprint', false, false)";
    private static final String GET = "SELECT * FROM get_order_1(?, ?)";
    private static final String EVENTS = "SELECT * FROM list_order_events_1(?, ?, 0, 50, 4000000)";
    private static final String LIST =
            "SELECT r_more, (r_order).* FROM list_orders_1(?, ?, 50, 4000000, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final Map<String, OrderFilter> FILTERS = filters();

    private static final int SAMPLES = 200;
    private static final int PAGE = 50;
    private static final int ROUNDS = 9;
    private static final int PAGES = 20;
    /**
     * Calls of one database in a turn. Few calls share other work of the machine; more than one call uses the
     * processor's caches.
     */
    private static final int TURN = 20;

    private static final String OWN_KEYS = "scale-";

    private final List<Side> sides;
    private final String order;
    private final int calls;
    private int keys;

    private ScaleBenchmark(List<Side> sides, String order, int calls) {
        this.sides = sides;
        this.order = order;
        this.calls = calls;
    }

    /** Arguments: a directory to keep databases in, the generator, an order as it is stored, calls of each kind in a
     * round, and twice a number of orders and of tenants, few and many. */
    public static void main(String[] arguments) throws Exception {
        // Otherwise the threads of the embedded databases keep this program alive.
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            failure.printStackTrace();
            Runtime.getRuntime().halt(1);
        });
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        Path directory = Path.of(arguments[0]);
        String generator = Files.readString(Path.of(arguments[1]));
        try (ManyOrders few = ManyOrders.open(directory, generator, number(arguments[4]), number(arguments[5]));
                ManyOrders many = ManyOrders.open(directory, generator, number(arguments[6]), number(arguments[7]));
                Side small = Side.of(few);
                Side large = Side.of(many)) {
            ScaleBenchmark benchmark = new ScaleBenchmark(
                    List.of(small, large), Files.readString(Path.of(arguments[2])), number(arguments[3]));
            benchmark.compare();
            benchmark.filter(large);
        }
        System.exit(0);
    }

    private static int number(String text) {
        return Integer.parseInt(text);
    }

    private void compare() throws SQLException {
        System.out.printf(Locale.ROOT, "%nBefore %s%n%n", Figures.machine());
        System.out.printf(
                "| statement | %s, ms | %s, ms | ratio |%n|---|---|---|---|%n",
                sides.get(0).name(), sides.get(1).name());
        for (boolean big : new boolean[] {true, false}) {
            String whose = big ? "the tenant with a tenth" : "small tenants";
            compare("create, " + whose, side -> create(side, big, false));
            compare("create under a key, three old keys go, " + whose, side -> create(side, big, true));
            compare("get, " + whose, side -> get(side, big));
            compare("list of 50, first page, " + whose, side -> list(side, big, false));
            compare("list of 50, any depth, " + whose, side -> list(side, big, true));
            compare("events, " + whose, side -> events(side, big));
        }
        System.out.printf(Locale.ROOT, "%nAfter %s%n", Figures.machine());
        for (Side side : sides) {
            side.forgetWhatWasMade();
        }
    }

    private void compare(String name, Kind kind) throws SQLException {
        double[][] medians = new double[sides.size()][ROUNDS];
        double[] ratios = new double[ROUNDS];
        List<Call> turns = new ArrayList<>();
        for (Side side : sides) {
            turns.add(kind.on(side));
        }
        for (int round = -1; round < ROUNDS; round++) {
            double[][] times = new double[sides.size()][calls];
            for (int first = 0; first < calls; first += TURN) {
                for (int side = 0; side < sides.size(); side++) {
                    for (int i = first; i < Math.min(calls, first + TURN); i++) {
                        times[side][i] = turns.get(side).time(i);
                    }
                }
            }
            if (round >= 0) {
                for (int side = 0; side < sides.size(); side++) {
                    medians[side][round] = Figures.median(times[side]);
                }
                ratios[round] = medians[1][round] / medians[0][round];
            }
        }
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %s | %s |%n",
                name,
                Figures.spread("%.3f", medians[0]),
                Figures.spread("%.3f", medians[1]),
                Figures.spread("%.2f", ratios));
    }

    private Call create(Side side, boolean big, boolean withKey) throws SQLException {
        PreparedStatement statement = side.api().prepareStatement(CREATE);
        List<Sample> samples = side.samples(big);
        return i -> {
            String tenant = samples.get(i % samples.size()).tenant();
            if (withKey) {
                side.makeOldKeys(tenant, 3);
            }
            statement.setString(1, tenant);
            statement.setString(2, order);
            statement.setString(3, withKey ? OWN_KEYS + keys++ : null);
            return time(statement, 1);
        };
    }

    private Call get(Side side, boolean big) throws SQLException {
        return ofOrder(side, GET, side.samples(big));
    }

    private Call events(Side side, boolean big) throws SQLException {
        return ofOrder(side, EVENTS, side.samples(big));
    }

    private static Call ofOrder(Side side, String sql, List<Sample> samples) throws SQLException {
        PreparedStatement statement = side.api().prepareStatement(sql);
        return i -> {
            Sample sample = samples.get(i % samples.size());
            statement.setString(1, sample.tenant());
            statement.setObject(2, sample.id());
            return time(statement, 1);
        };
    }

    private Call list(Side side, boolean big, boolean deep) throws SQLException {
        PreparedStatement statement = list(side, OrderSort.NEWEST_FIRST, OrderFilter.ALL);
        List<Sample> samples = side.samples(big);
        return i -> {
            Sample sample = samples.get(i % samples.size());
            return time(startAt(statement, sample.tenant(), deep ? sample : null), PAGE);
        };
    }

    private static PreparedStatement list(Side side, OrderSort sort, OrderFilter filter) throws SQLException {
        OrderFilter bounded = filter.boundedFor(sort);
        String[] statuses = bounded.statuses().stream().map(OrderStatus::name).toArray(String[]::new);
        PreparedStatement statement = side.api().prepareStatement(LIST);
        statement.setString(2, sort.text());
        statement.setObject(5, statuses.length == 0 ? null : statuses);
        statement.setString(6, bounded.createdBy());
        statement.setString(7, bounded.customerId());
        statement.setString(8, bounded.externalRef());
        setTime(statement, 9, bounded.createdFrom());
        setTime(statement, 10, bounded.createdTo());
        setTime(statement, 11, bounded.updatedFrom());
        setTime(statement, 12, bounded.updatedTo());
        return statement;
    }

    private static void setTime(PreparedStatement statement, int index, Instant time) throws SQLException {
        statement.setObject(index, time == null ? null : time.atOffset(ZoneOffset.UTC));
    }

    private static PreparedStatement startAt(PreparedStatement list, String tenant, Sample after) throws SQLException {
        list.setString(1, tenant);
        list.setObject(3, after == null ? null : after.at());
        list.setObject(4, after == null ? null : after.id());
        return list;
    }

    /** Measures each filter for the tenant with a tenth of many orders, page after page, and pages without a filter. */
    private void filter(Side side) throws SQLException {
        System.out.printf(
                "%nPages of %s, the tenant with a tenth%n%n| filter | sort | pages | first, ms | p50, ms |"
                        + " slowest, ms |%n|---|---|---|---|---|---|%n",
                side.name());
        for (Map.Entry<String, OrderFilter> filter : FILTERS.entrySet()) {
            for (OrderSort sort : OrderSort.values()) {
                try (PreparedStatement statement = list(side, sort, filter.getValue())) {
                    turnPages(statement, sort);
                    double[] times = turnPages(statement, sort);
                    System.out.printf(
                            Locale.ROOT,
                            "| %s | %s | %d | %.2f | %.2f | %.2f |%n",
                            filter.getKey(),
                            sort.text(),
                            times.length,
                            times[0],
                            Figures.median(times),
                            Arrays.stream(times).max().orElseThrow());
                } catch (SQLException e) {
                    System.out.printf("| %s | %s | %s | | | |%n", filter.getKey(), sort.text(), e.getMessage());
                }
            }
        }
    }

    /** Returns the milliseconds of each page, up to {@link #PAGES} pages. */
    private static double[] turnPages(PreparedStatement statement, OrderSort sort) throws SQLException {
        String time = sort.text().endsWith("createdAt") ? "created_at" : "updated_at";
        double[] times = new double[PAGES];
        Sample last = null;
        for (int page = 0; page < PAGES; page++) {
            long start = System.nanoTime();
            try (ResultSet rows = startAt(statement, "tenant0", last).executeQuery()) {
                boolean more = false;
                while (rows.next()) {
                    more = rows.getBoolean("r_more");
                    last = new Sample(
                            "tenant0",
                            rows.getObject("order_id", UUID.class),
                            rows.getObject(time, OffsetDateTime.class));
                }
                times[page] = (System.nanoTime() - start) / 1e6;
                if (!more) {
                    return Arrays.copyOf(times, page + 1);
                }
            }
        }
        return times;
    }

    private static Map<String, OrderFilter> filters() {
        Set<OrderStatus> placed = Set.of(OrderStatus.PLACED);
        Set<OrderStatus> open = EnumSet.of(OrderStatus.PLACED, OrderStatus.CONFIRMED);
        Instant october = Instant.parse("2020-10-01T00:00:00Z");
        Instant november = Instant.parse("2020-11-01T00:00:00Z");
        Map<String, OrderFilter> filters = new LinkedHashMap<>();
        filters.put("none", OrderFilter.ALL);
        filters.put("status", new OrderFilter(placed, Set.of(), Set.of(), null, null, null, null, null, null, null));
        filters.put(
                "two of status", new OrderFilter(open, Set.of(), Set.of(), null, null, null, null, null, null, null));
        filters.put(
                "createdBy",
                new OrderFilter(Set.of(), Set.of(), Set.of(), "user10", null, null, null, null, null, null));
        filters.put(
                "customerId",
                new OrderFilter(Set.of(), Set.of(), Set.of(), null, "C-10", null, null, null, null, null));
        filters.put(
                "externalRef",
                new OrderFilter(Set.of(), Set.of(), Set.of(), null, null, "SHOP-10", null, null, null, null));
        filters.put(
                "createdFrom",
                new OrderFilter(Set.of(), Set.of(), Set.of(), null, null, null, november, null, null, null));
        filters.put(
                "createdFrom, createdTo",
                new OrderFilter(Set.of(), Set.of(), Set.of(), null, null, null, october, november, null, null));
        filters.put(
                "updatedFrom, updatedTo",
                new OrderFilter(Set.of(), Set.of(), Set.of(), null, null, null, null, null, october, november));
        filters.put(
                "status, createdBy, customerId",
                new OrderFilter(placed, Set.of(), Set.of(), "user10", "C-10", null, null, null, null, null));
        return filters;
    }

    private static double time(PreparedStatement statement, int expected) throws SQLException {
        long start = System.nanoTime();
        int rows = read(statement);
        long end = System.nanoTime();
        if (rows != expected) {
            throw new IllegalStateException(rows + " rows instead of " + expected);
        }
        return (end - start) / 1e6;
    }

    private static int read(PreparedStatement statement) throws SQLException {
        int rows = 0;
        try (ResultSet results = statement.executeQuery()) {
            while (results.next()) {
                rows++;
            }
        }
        return rows;
    }

    /** Creates a call and its argument. */
    private interface Kind {

        Call on(Side side) throws SQLException;
    }

    /** Returns the milliseconds of one call. */
    private interface Call {

        double time(int i) throws SQLException;
    }

    /** An existing order with a page of older orders behind it. */
    private record Sample(String tenant, UUID id, OffsetDateTime at) {}

    /** One of the two databases, with orders drawn from all of its orders. */
    private record Side(String name, Connection api, Connection superuser, List<Sample> ofTheBig, List<Sample> ofSmall)
            implements AutoCloseable {

        static Side of(ManyOrders database) throws SQLException {
            Connection api = database.connect();
            try (Statement statement = api.createStatement()) {
                // A wait for the disk takes longer than the statement and would hide its cost.
                statement.execute("SET synchronous_commit = off");
            }
            Connection superuser = database.connectAsSuperuser();
            List<Sample> ofSmall = new ArrayList<>();
            int small = Math.min(SAMPLES, database.tenants() - 1);
            for (int i = 0; i < small; i++) {
                long tenant = 1 + (long) i * (database.tenants() - 1) / small;
                ofSmall.addAll(draw(superuser, "tenant" + tenant, SAMPLES / small));
            }
            return new Side(
                    String.format(Locale.ROOT, "%,d orders, %,d tenants", database.orders(), database.tenants()),
                    api,
                    superuser,
                    draw(superuser, "tenant0", SAMPLES),
                    ofSmall);
        }

        private static List<Sample> draw(Connection superuser, String tenant, int number) throws SQLException {
            List<Sample> samples = new ArrayList<>();
            try (PreparedStatement statement =
                    superuser.prepareStatement("SELECT order_id, created_at FROM orders o WHERE o.tenant_id = ?"
                            + " AND (o.created_at, o.order_id) > (SELECT e.created_at, e.order_id FROM orders e"
                            + " WHERE e.tenant_id = o.tenant_id ORDER BY e.created_at, e.order_id OFFSET ? LIMIT 1)"
                            + " ORDER BY md5(o.order_id::text) LIMIT ?")) {
                statement.setString(1, tenant);
                statement.setInt(2, PAGE);
                statement.setInt(3, number);
                ResultSet rows = statement.executeQuery();
                while (rows.next()) {
                    samples.add(
                            new Sample(tenant, rows.getObject(1, UUID.class), rows.getObject(2, OffsetDateTime.class)));
                }
            }
            return samples;
        }

        List<Sample> samples(boolean big) {
            return big ? ofTheBig : ofSmall;
        }

        void makeOldKeys(String tenant, int number) throws SQLException {
            try (PreparedStatement statement = superuser.prepareStatement(
                    "INSERT INTO idempotency_keys SELECT ?, gen_random_uuid()::text, 'fingerprint', gen_random_uuid(),"
                            + " gen_random_uuid(), NULL, 1, 201, rpad('{}', 1100), now() - interval '80 hours'"
                            + " FROM generate_series(1, ?)")) {
                statement.setString(1, tenant);
                statement.setInt(2, number);
                statement.executeUpdate();
            }
        }

        /** Removes the new orders, so that the database can be measured again. */
        void forgetWhatWasMade() throws SQLException {
            Set<String> tenants = new TreeSet<>();
            ofTheBig.forEach(sample -> tenants.add(sample.tenant()));
            ofSmall.forEach(sample -> tenants.add(sample.tenant()));
            for (String sql : List.of(
                    "DELETE FROM orders WHERE tenant_id = ANY (?) AND created_by = 'alice'",
                    "DELETE FROM idempotency_keys WHERE tenant_id = ANY (?) AND (key LIKE '" + OWN_KEYS
                            + "%' OR created_at < now() - interval '72 hours')")) {
                try (PreparedStatement statement = superuser.prepareStatement(sql)) {
                    statement.setArray(1, superuser.createArrayOf("text", tenants.toArray()));
                    statement.executeUpdate();
                }
            }
        }

        @Override
        public void close() throws SQLException {
            api.close();
            superuser.close();
        }
    }
}
