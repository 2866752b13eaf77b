package com.ecommerce.orders.local;

import java.nio.file.Path;
import java.sql.Connection;
import java.util.Locale;
import java.util.Random;

/**
 * A drill that measures how many requests a second the API can handle. Then it sends 80 % of that rate while it kills
 * backends of PostgreSQL.
 */
final class LoadDrill {

    private static final double SHARE = 0.8;
    private static final int CLIENTS = 16;
    private static final int KILL_EVERY_MILLIS = 5_000;

    private LoadDrill() {}

    /** @param seconds how long the load lasts; a fifth of the time, at most ten seconds, serves to find the maximum */
    static String run(Path directory, int seconds) throws Exception {
        try (Stage stage = Stage.measured(directory)) {
            return run(stage, seconds, new Random());
        }
    }

    /** Runs the drill on an existing stage. */
    static String run(Stage stage, int seconds, Random random) throws Exception {
        int trial = Math.min(10_000, seconds * 200);
        rate(stage, trial);
        double most = rate(stage, trial);
        Workload workload = Workload.start(stage.api(), CLIENTS, Pace.perSecond(most * SHARE));
        long start = System.nanoTime();
        long end = start + seconds * 1_000_000_000L;
        int kills = 0;
        int ended = 0;
        long pause = Math.min(KILL_EVERY_MILLIS, seconds * 200L);
        while (System.nanoTime() < end && workload.isSound()) {
            Thread.sleep(pause);
            if (random.nextInt(4) == 0) {
                Fault.BACKEND_KILLED.strike(stage, random);
                kills++;
            } else {
                Fault.CONNECTION_ENDED.strike(stage, random);
                ended++;
            }
        }
        double held = workload.answered() * 1e9 / (System.nanoTime() - start);
        workload.stop();
        try (Connection superuser = stage.superuser()) {
            Workload.Result result = workload.check(superuser);
            return String.format(
                    Locale.ROOT,
                    "load: %d s at %.0f requests a second (80 %% of %.0f; held: %.0f), %d backends killed with all"
                            + " the others, %d connections ended, p50 %s, p99 %s, longest %s; %s",
                    seconds,
                    most * SHARE,
                    most,
                    held,
                    kills,
                    ended,
                    result.quantile(0.5),
                    result.quantile(0.99),
                    result.quantile(1),
                    result);
        }
    }

    /** Returns the requests per second if each client sends the next request right after the response. */
    private static double rate(Stage stage, long millis) throws Exception {
        Workload workload = Workload.start(stage.api(), CLIENTS, Pace.unlimited());
        long start = System.nanoTime();
        Thread.sleep(millis);
        double rate = workload.answered() * 1e9 / (System.nanoTime() - start);
        workload.stop();
        return rate;
    }
}
