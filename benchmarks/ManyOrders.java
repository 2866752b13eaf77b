import com.ecommerce.orders.local.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** A database with a given number of orders on its own server. It is created once and kept in a directory. */
final class ManyOrders implements AutoCloseable {

    /** Settings for the creation: no log, because a failed creation is repeated anyway, and room to sort. */
    private static final List<String> FOR_MAKING = List.of(
            "wal_level = minimal",
            "max_wal_senders = 0",
            "autovacuum = off",
            "shared_buffers = '1GB'",
            "maintenance_work_mem = '512MB'",
            "max_parallel_maintenance_workers = 1",
            "max_wal_size = '4GB'",
            "checkpoint_timeout = '1h'");

    /** Settings for serving: a quarter of a small server's memory, as PostgreSQL's manual recommends. */
    private static final List<String> FOR_SERVING = List.of("shared_buffers = '1GB'", "max_wal_size = '4GB'");

    private final EmbeddedDatabase database;
    private final int orders;
    private final int tenants;

    private ManyOrders(EmbeddedDatabase database, int orders, int tenants) {
        this.database = database;
        this.orders = orders;
        this.tenants = tenants;
    }

    /** Returns the database in {@code directory}. If it does not exist, {@code generator} creates it. */
    static ManyOrders open(Path directory, String generator, int orders, int tenants) throws Exception {
        Path home = directory.resolve(orders + "-orders-" + tenants + "-tenants");
        Path made = home.resolve("made");
        if (!Files.exists(made)) {
            make(home, generator, orders, tenants);
            Files.createFile(made);
        }
        return new ManyOrders(EmbeddedDatabase.start(home), orders, tenants);
    }

    private static void make(Path home, String generator, int orders, int tenants) throws Exception {
        set(home, FOR_MAKING);
        try (ManyOrders empty = new ManyOrders(EmbeddedDatabase.start(home), 0, 0);
                Connection connection = empty.connectAsSuperuser();
                Statement statement = connection.createStatement()) {
            long start = System.nanoTime();
            statement.execute(generator
                    .replace(":orders", Integer.toString(orders))
                    .replace(":tenants", Integer.toString(tenants)));
            report(orders + " orders made", start);
            statement.execute("VACUUM (FREEZE, ANALYZE)");
            statement.execute("CHECKPOINT");
            report("vacuumed", start);
        }
        set(home, FOR_SERVING);
    }

    private static void set(Path home, List<String> settings) throws IOException, SQLException {
        try (ManyOrders server = new ManyOrders(EmbeddedDatabase.start(home), 0, 0);
                Connection connection = server.connectAsSuperuser();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER SYSTEM RESET ALL");
            for (String setting : settings) {
                statement.execute("ALTER SYSTEM SET " + setting);
            }
        }
    }

    private static void report(String what, long start) {
        System.out.printf("%s after %d s%n", what, (System.nanoTime() - start) / 1_000_000_000);
    }

    int orders() {
        return orders;
    }

    int tenants() {
        return tenants;
    }

    /** Connects as the API's role. */
    Connection connect() throws SQLException {
        return DriverManager.getConnection(database.url(), "orders_api", "");
    }

    /** Connects as a role that row-level security does not restrict. */
    Connection connectAsSuperuser() throws SQLException {
        return DriverManager.getConnection(database.url(), "postgres", "");
    }

    @Override
    public void close() throws IOException {
        database.close();
    }
}
