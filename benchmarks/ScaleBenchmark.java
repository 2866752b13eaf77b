import com.ecommerce.orders.postgres.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** Measures the API's statements on few and on many orders, as the API's role: what they cost must not depend on it. */
class ScaleBenchmark {

    private static final String CREATE = "SELECT * FROM create_order_1(?, ?, ?::json, ?, 'alice', NULL,"
            + " '{\"currency\":\"EUR\"}'::json, NULL, NULL, false, false)";
    private static final String GET = "SELECT * FROM get_order_1(?, ?)";
    private static final String LIST = "SELECT r_more, (r_order).* FROM list_orders_1(?, '-createdAt', 50, 4000000,"
            + " ?, ?, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)";
    private static final String[] TENANTS = {"tenant0", "tenant7"};
    private static final int ROUNDS = 5;

    private final Path generator;
    private final String order;
    private final int calls;

    ScaleBenchmark(Path generator, String order, int calls) {
        this.generator = generator;
        this.order = order;
        this.calls = calls;
    }

    /** Arguments: the generator, an order as it is stored, calls of each kind in a round, orders and tenants, more of them. */
    public static void main(String[] arguments) throws Exception {
        // The embedded database's threads would keep this program alive.
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            failure.printStackTrace();
            Runtime.getRuntime().halt(1);
        });
        ScaleBenchmark benchmark = new ScaleBenchmark(
                Path.of(arguments[0]), Files.readString(Path.of(arguments[1])), Integer.parseInt(arguments[2]));
        List<Map<String, Double>> columns = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 3; i + 1 < arguments.length; i += 2) {
            benchmark.generate(Integer.parseInt(arguments[i]), Integer.parseInt(arguments[i + 1]));
            columns.add(benchmark.measure());
            names.add(arguments[i] + " orders, " + arguments[i + 1] + " tenants");
        }
        print(names, columns);
        System.exit(0);
    }

    private void generate(int orders, int tenants) throws Exception {
        long start = System.nanoTime();
        String sql = Files.readString(generator)
                .replace(":orders", Integer.toString(orders))
                .replace(":tenants", Integer.toString(tenants));
        try (Connection connection = TestDatabase.get().connectAsSuperuser();
                Statement statement = connection.createStatement()) {
            statement.execute("TRUNCATE orders, order_items, order_events");
            statement.execute(sql);
            statement.execute("VACUUM ANALYZE");
            statement.execute("CHECKPOINT");
        }
        System.out.printf("%d orders made in %d s%n", orders, (System.nanoTime() - start) / 1_000_000_000);
    }

    private Map<String, Double> measure() throws SQLException {
        Map<String, double[]> rounds = new LinkedHashMap<>();
        try (Connection connection = TestDatabase.get().connect()) {
            for (int round = -1; round < ROUNDS; round++) {
                for (String tenant : TENANTS) {
                    record(rounds, round, "create, " + tenant, create(connection, tenant));
                    record(rounds, round, "get, " + tenant, get(connection, tenant));
                    record(rounds, round, "list of 50, first page, " + tenant, list(connection, tenant, false));
                    record(rounds, round, "list of 50, deep, " + tenant, list(connection, tenant, true));
                }
            }
        }
        Map<String, Double> medians = new LinkedHashMap<>();
        rounds.forEach((name, values) -> medians.put(name, Figures.median(values)));
        return medians;
    }

    private static void record(Map<String, double[]> rounds, int round, String name, double[] milliseconds) {
        if (round >= 0) {
            rounds.computeIfAbsent(name, first -> new double[ROUNDS])[round] = Figures.median(milliseconds);
        }
    }

    private double[] create(Connection connection, String tenant) throws SQLException {
        double[] milliseconds = new double[calls];
        try (PreparedStatement statement = connection.prepareStatement(CREATE)) {
            for (int i = 0; i < calls; i++) {
                statement.setString(1, tenant);
                statement.setObject(2, UUID.randomUUID());
                statement.setString(3, order);
                statement.setObject(4, UUID.randomUUID());
                milliseconds[i] = time(statement, 1);
            }
        }
        return milliseconds;
    }

    private double[] get(Connection connection, String tenant) throws SQLException {
        List<UUID> ids = new ArrayList<>();
        try (Statement statement = TestDatabase.get().connectAsSuperuser().createStatement()) {
            ResultSet rows = statement.executeQuery("SELECT order_id FROM orders WHERE tenant_id = '" + tenant
                    + "' ORDER BY md5(order_id::text) LIMIT " + calls);
            while (rows.next()) {
                ids.add(rows.getObject(1, UUID.class));
            }
            statement.getConnection().close();
        }
        double[] milliseconds = new double[calls];
        try (PreparedStatement statement = connection.prepareStatement(GET)) {
            for (int i = 0; i < calls; i++) {
                statement.setString(1, tenant);
                statement.setObject(2, ids.get(i % ids.size()));
                milliseconds[i] = time(statement, 1);
            }
        }
        return milliseconds;
    }

    /** The first page, or one near the end of all that the tenant has. */
    private double[] list(Connection connection, String tenant, boolean deep) throws SQLException {
        Timestamp time = null;
        UUID id = null;
        if (deep) {
            try (Statement statement = TestDatabase.get().connectAsSuperuser().createStatement()) {
                ResultSet rows = statement.executeQuery("SELECT created_at, order_id FROM orders WHERE tenant_id = '"
                        + tenant + "' ORDER BY created_at, order_id OFFSET 60 LIMIT 1");
                rows.next();
                time = rows.getTimestamp(1);
                id = rows.getObject(2, UUID.class);
                statement.getConnection().close();
            }
        }
        double[] milliseconds = new double[Math.max(1, calls / 5)];
        try (PreparedStatement statement = connection.prepareStatement(LIST)) {
            for (int i = 0; i < milliseconds.length; i++) {
                statement.setString(1, tenant);
                statement.setTimestamp(2, time);
                statement.setObject(3, id, java.sql.Types.OTHER);
                milliseconds[i] = time(statement, 50);
            }
        }
        return milliseconds;
    }

    private static double time(PreparedStatement statement, int expected) throws SQLException {
        long start = System.nanoTime();
        int rows = 0;
        try (ResultSet results = statement.executeQuery()) {
            while (results.next()) {
                rows++;
            }
        }
        if (rows != expected) {
            throw new IllegalStateException(rows + " rows instead of " + expected);
        }
        return (System.nanoTime() - start) / 1e6;
    }

    private static void print(List<String> names, List<Map<String, Double>> columns) {
        System.out.printf("%nMilliseconds, medians of %d rounds; %s%n%n", ROUNDS, Figures.machine());
        System.out.println("| statement | " + String.join(" | ", names) + " | largest / smallest |");
        System.out.println("|---|" + "---|".repeat(names.size() + 1));
        for (String name : columns.get(0).keySet()) {
            StringBuilder row = new StringBuilder("| " + name + " |");
            columns.forEach(column -> row.append(String.format(Locale.ROOT, " %.3f |", column.get(name))));
            double ratio =
                    columns.get(columns.size() - 1).get(name) / columns.get(0).get(name);
            System.out.println(row.append(String.format(Locale.ROOT, " %.2f |", ratio)));
        }
    }
}
