package com.ecommerce.orders.local;

import com.ecommerce.orders.local.testkit.MovableClock;
import com.ecommerce.orders.testkit.EmbeddedPostmaster;
import com.ecommerce.orders.testkit.Signal;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Random;

/** A fault that a drill causes in a running API. When a strike returns, the cause is gone and the API is ready again. */
enum Fault {

    /** {@code kill -9} of the API, and a new start. */
    API_KILLED {
        @Override
        void strike(Stage stage, Random random) throws Exception {
            stage.api().kill();
            stage.api().start();
        }
    },

    /** {@code kill -9} of one backend. PostgreSQL then ends all other backends and recovers. */
    BACKEND_KILLED {
        @Override
        void strike(Stage stage, Random random) throws Exception {
            signalABackend(stage, "KILL");
            stage.api().awaitReady();
        }
    },

    /** The server ends one connection during its work. */
    CONNECTION_ENDED {
        @Override
        void strike(Stage stage, Random random) throws Exception {
            signalABackend(stage, "TERM");
        }
    },

    /** {@code kill -9} of all processes of PostgreSQL, and a new start. */
    SERVER_KILLED {
        @Override
        void strike(Stage stage, Random random) throws Exception {
            EmbeddedPostmaster server = stage.postmaster();
            server.kill();
            Thread.sleep(random.nextInt(500));
            server.start();
            stage.api().awaitReady();
        }
    },

    /** The disk of PostgreSQL is full for a while. */
    DISK_FULL {
        @Override
        void strike(Stage stage, Random random) throws Exception {
            Path ballast = stage.directory().resolve("ballast");
            fill(ballast);
            Thread.sleep(1_000 + random.nextInt(2_000));
            Files.delete(ballast);
            // A server without space for its recovery ends. After space is free, it must be started again.
            Thread.sleep(500);
            if (!stage.postmaster().isAlive()) {
                stage.postmaster().start();
            }
            stage.api().awaitReady();
        }
    },

    /** The network to PostgreSQL holds all data back for a while, and then delivers them. */
    NETWORK_STALLED {
        @Override
        void strike(Stage stage, Random random) throws Exception {
            stage.network().stall();
            Thread.sleep(random.nextInt(MAX_PAUSE_MILLIS));
            stage.network().flow();
            stage.api().awaitReady();
        }
    },

    /** The network cuts several results of PostgreSQL in the middle. */
    ANSWERS_CUT {
        @Override
        void strike(Stage stage, Random random) {
            stage.network().cutAnswers(1 + random.nextInt(5));
        }
    },

    /** Every statement waits: first until the pool has no free connection, then until the server ends the statement. */
    TABLE_LOCKED {
        @Override
        void strike(Stage stage, Random random) throws Exception {
            try (Connection superuser = stage.superuser();
                    Statement statement = superuser.createStatement()) {
                superuser.setAutoCommit(false);
                statement.execute("LOCK TABLE orders IN ACCESS EXCLUSIVE MODE");
                Thread.sleep(1_000 + random.nextInt(1_500));
            }
            stage.api().awaitReady();
        }
    },

    /** All processes of PostgreSQL stop for a while. */
    SERVER_FROZEN {
        @Override
        void strike(Stage stage, Random random) throws Exception {
            stage.postmaster().freeze();
            Thread.sleep(random.nextInt(MAX_PAUSE_MILLIS));
            stage.postmaster().thaw();
            stage.api().awaitReady();
        }
    },

    /** The process of the API stops for a while. */
    API_FROZEN {
        @Override
        void strike(Stage stage, Random random) throws Exception {
            Signal.send("STOP", stage.api().pid());
            Thread.sleep(random.nextInt(MAX_PAUSE_MILLIS));
            Signal.send("CONT", stage.api().pid());
            stage.api().awaitReady();
        }
    },

    /** The API's clock jumps up to two hours before or after the clock of the database. */
    CLOCK_JUMPED {
        @Override
        void strike(Stage stage, Random random) throws Exception {
            MovableClock.in(stage.directory()).set(Duration.ofSeconds(random.nextInt(4 * 3_600) - 2 * 3_600));
        }
    };

    /** A time longer than the timeouts of {@link Stage#networked} for a statement and for the network. */
    private static final int MAX_PAUSE_MILLIS = 3_500;

    abstract void strike(Stage stage, Random random) throws Exception;

    private static void signalABackend(Stage stage, String signal) throws IOException {
        try (Connection connection = stage.superuser();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT pid FROM pg_stat_activity"
                        + " WHERE usename = 'orders_api' ORDER BY (state = 'active') DESC, random() LIMIT 1")) {
            if (rows.next()) {
                Signal.send(signal, rows.getLong(1));
            }
        } catch (SQLException alreadyDown) {
            // After a kill the server restarts all backends. This strike came in between.
        }
    }

    private static void fill(Path ballast) throws IOException {
        byte[] block = new byte[64 * 1024];
        try (OutputStream out = Files.newOutputStream(ballast)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            if (Files.size(ballast) == 0) {
                throw full;
            }
        }
    }
}
