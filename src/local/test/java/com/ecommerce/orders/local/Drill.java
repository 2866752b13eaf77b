package com.ecommerce.orders.local;

import static com.ecommerce.orders.local.Fault.ANSWERS_CUT;
import static com.ecommerce.orders.local.Fault.API_FROZEN;
import static com.ecommerce.orders.local.Fault.API_KILLED;
import static com.ecommerce.orders.local.Fault.BACKEND_KILLED;
import static com.ecommerce.orders.local.Fault.CLOCK_JUMPED;
import static com.ecommerce.orders.local.Fault.CONNECTION_ENDED;
import static com.ecommerce.orders.local.Fault.DISK_FULL;
import static com.ecommerce.orders.local.Fault.NETWORK_STALLED;
import static com.ecommerce.orders.local.Fault.SERVER_FROZEN;
import static com.ecommerce.orders.local.Fault.SERVER_KILLED;
import static com.ecommerce.orders.local.Fault.TABLE_LOCKED;

import com.ecommerce.orders.local.testkit.MovableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * A drill causes faults again and again while clients work. At the end, the stored data must match all responses. The class
 * is the entry point of {@code scripts/drill.sh}, which describes each drill.
 */
enum Drill {
    CRASH(API_KILLED, BACKEND_KILLED),
    SERVER(SERVER_KILLED),
    DISK(DISK_FULL),
    STALL(NETWORK_STALLED),
    CUT(ANSWERS_CUT, CONNECTION_ENDED),
    LOCK(TABLE_LOCKED),
    FREEZE(SERVER_FROZEN, API_FROZEN),
    CLOCK(CLOCK_JUMPED),
    /** A drill behind a pooler that has one connection for all tenants. */
    POOLED(CONNECTION_ENDED, BACKEND_KILLED, ANSWERS_CUT, NETWORK_STALLED),
    /** A drill with all faults that any machine can run. */
    MIXED(
            CLOCK_JUMPED,
            SERVER_KILLED,
            NETWORK_STALLED,
            ANSWERS_CUT,
            TABLE_LOCKED,
            SERVER_FROZEN,
            API_FROZEN,
            CONNECTION_ENDED);

    private static final int CLIENTS = 16;

    private final List<Fault> faults;

    Drill(Fault... faults) {
        this.faults = List.of(faults);
    }

    /** @param arguments the drill, and the total number of faults or, for {@code load}, of seconds */
    public static void main(String[] arguments) throws Exception {
        String name = arguments[0];
        int amount = Integer.parseInt(arguments[1]);
        Path directory = Files.createTempDirectory("drill-" + name);
        switch (name) {
            case "load" -> System.out.println(LoadDrill.run(directory, amount));
            case "outage" -> System.out.println(OutageDrill.run(directory, amount));
            case "noisy" -> System.out.println(NoisyTenant.run(directory, amount));
            case "disk" -> System.out.println(DiskDrill.run(directory, amount));
            default ->
                System.out.println(valueOf(name.toUpperCase(Locale.ROOT)).run(directory, amount, System.nanoTime()));
        }
        System.exit(0);
    }

    /** Runs that number of strikes with the faults in turn, and returns the result as text. */
    String run(Path directory, int strikes, long seed) throws Exception {
        try (Stage stage = stage(directory)) {
            return run(stage, strikes, seed);
        }
    }

    /** Runs the drill on an existing stage. */
    String run(Stage stage, int strikes, long seed) throws Exception {
        Random random = new Random(seed);
        Workload workload = Workload.start(stage.api(), CLIENTS, Pace.unlimited());
        try {
            for (int strike = 0; strike < strikes && workload.isSound(); strike++) {
                Thread.sleep(300 + random.nextInt(700));
                faults.get(strike % faults.size()).strike(stage, random);
            }
            Thread.sleep(1_000);
        } catch (Exception e) {
            workload.abandon();
            throw e;
        }
        workload.stop();
        try (Connection superuser = stage.superuser()) {
            return name().toLowerCase(Locale.ROOT) + ": " + strikes + " strikes of " + faults + "; "
                    + workload.check(superuser) + connections(superuser);
        }
    }

    /** Checks that the pooler serves all tenants with one connection. */
    private String connections(Connection superuser) throws SQLException {
        if (this != POOLED) {
            return "";
        }
        try (Statement statement = superuser.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT count(*) FROM pg_stat_activity WHERE usename = 'orders_api'")) {
            rows.next();
            if (rows.getInt(1) != 1) {
                throw new IllegalStateException("PgBouncer has " + rows.getInt(1) + " connections, not one");
            }
            return "; three tenants on 1 connection to the server";
        }
    }

    private Stage stage(Path directory) throws IOException, InterruptedException {
        return switch (this) {
            case CRASH -> Stage.laptop(directory);
            case CLOCK, MIXED ->
                Stage.networked(directory, MovableClock.in(directory).environment());
            case POOLED -> Stage.pooled(directory, System.getenv().getOrDefault("DB_POOLER", "pgbouncer"));
            default -> Stage.networked(directory, Map.of());
        };
    }
}
