package com.ecommerce.orders.local;

import com.ecommerce.orders.testkit.Await;
import com.ecommerce.orders.testkit.EmbeddedPostmaster;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A drill that measures how soon the API serves requests again after an outage of PostgreSQL. */
final class OutageDrill {

    private static final int CLIENTS = 4;
    private static final int SHORTEST_MILLIS = 1_000;
    private static final int LONGEST_MILLIS = 12_000;
    private static final Duration BOUND = Duration.ofMillis(1_500);

    private final Stage stage;
    private final String token;
    private final CountDownLatch served = new CountDownLatch(1);
    private volatile long servedAt;
    private volatile boolean over;

    private OutageDrill(Stage stage, String token) {
        this.stage = stage;
        this.token = token;
    }

    /** @param outages the number of outages of PostgreSQL */
    static String run(Path directory, int outages) throws Exception {
        Random random = new Random();
        List<Long> millis = new ArrayList<>();
        try (Stage stage = Stage.measured(directory)) {
            String token = stage.api().token();
            for (int i = 0; i < outages; i++) {
                int pause = SHORTEST_MILLIS + random.nextInt(LONGEST_MILLIS - SHORTEST_MILLIS);
                millis.add(new OutageDrill(stage, token).strike(pause));
            }
        }
        Collections.sort(millis);
        String figures = String.format(
                Locale.ROOT,
                "outage: PostgreSQL was away %d times, for 1 to 12 s each, while %d clients kept asking; from its first"
                        + " connection to the first 200: median %.2f s, longest %.2f s",
                outages,
                CLIENTS,
                millis.get(millis.size() / 2) / 1_000.0,
                millis.get(millis.size() - 1) / 1_000.0);
        if (millis.get(millis.size() - 1) > BOUND.toMillis()) {
            throw new IllegalStateException(figures + "; at most 1.5 s are promised");
        }
        return figures;
    }

    /** Returns the milliseconds from the first connection that PostgreSQL accepts to the first response with 200. */
    private long strike(int millis) throws Exception {
        EmbeddedPostmaster postmaster = stage.postmaster();
        postmaster.stop();
        awaitOutage();
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(start(this::ask));
        }
        Thread.sleep(millis);
        Thread restart = start(postmaster::start);
        long back = awaitConnection();
        if (!served.await(1, TimeUnit.MINUTES)) {
            throw new IllegalStateException("No request was answered within a minute");
        }
        over = true;
        restart.join();
        for (Thread client : clients) {
            client.join();
        }
        return Math.max(0, TimeUnit.NANOSECONDS.toMillis(servedAt - back));
    }

    private void awaitOutage() throws Exception {
        Await.until(
                "the outage",
                () -> stage.api().send("GET", "/orders", token, "", "", "").statusCode() != 200);
    }

    private long awaitConnection() throws Exception {
        while (true) {
            try (Connection connection = stage.superuser()) {
                return System.nanoTime();
            } catch (SQLException notYet) {
                Thread.sleep(5);
            }
        }
    }

    private void ask() throws IOException, InterruptedException {
        while (!over) {
            HttpResponse<String> response = stage.api().send("GET", "/orders", token, "", "", "");
            if (response.statusCode() == 200) {
                synchronized (this) {
                    if (served.getCount() > 0) {
                        servedAt = System.nanoTime();
                        served.countDown();
                    }
                }
                return;
            }
        }
    }

    private static Thread start(Step step) {
        Thread thread = new Thread(() -> {
            try {
                step.run();
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private interface Step {

        void run() throws IOException, InterruptedException;
    }
}
