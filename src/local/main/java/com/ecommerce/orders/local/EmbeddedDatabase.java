package com.ecommerce.orders.local;

import com.ecommerce.orders.admin.AppRole;
import com.ecommerce.orders.admin.Migration;
import com.ecommerce.orders.settings.SettingException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A PostgreSQL server that the API starts on loopback. The data stay when the server stops. */
public final class EmbeddedDatabase implements AutoCloseable {

    static final String APP_ROLE = "orders_api";

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
    private static final int LOWEST_PORT = 15_432;
    private static final int PORTS = 1_000;
    private static final String OWNER = "orders_owner";
    private static final String DATABASE = "orders";
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(3);
    /** Durable settings. Those of the library are meant for tests and lose the last transactions in a crash. */
    private static final Map<String, String> DURABLE =
            Map.of("fsync", "on", "synchronous_commit", "on", "full_page_writes", "on");

    private final FileChannel lock;
    private final EmbeddedPostgres server;
    private volatile boolean closing;

    private EmbeddedDatabase(FileChannel lock, EmbeddedPostgres server) {
        this.lock = lock;
        this.server = server;
    }

    /**
     * Starts the server on {@code directory}, also after a crash, and migrates the schema.
     *
     * @throws SettingException if the server can't start on that directory
     */
    public static EmbeddedDatabase start(Path directory) {
        DataDirectory.prepare(directory);
        FileChannel lock = lock(directory);
        try {
            return start(directory, lock);
        } catch (IOException | SQLException | RuntimeException e) {
            close(lock);
            throw e instanceof SettingException setting ? setting : cantStart(directory, e);
        }
    }

    private static EmbeddedDatabase start(Path directory, FileChannel lock) throws IOException, SQLException {
        Path data = directory.resolve("postgres").toAbsolutePath();
        stopOrphan(data);
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPGStartupWait(Duration.ofSeconds(30))
                .setPort(freePort(data))
                .setOutputRedirector(ProcessBuilder.Redirect.appendTo(log(directory)))
                .setErrorRedirector(ProcessBuilder.Redirect.appendTo(log(directory)))
                .setServerConfig("listen_addresses", "localhost")
                .setServerConfig("timezone", "UTC");
        DURABLE.forEach(builder::setServerConfig);
        EmbeddedDatabase database = new EmbeddedDatabase(lock, builder.start());
        try {
            database.prepare(directory);
            database.warnOfItsEnd(data, log(directory));
            return database;
        } catch (IOException | SQLException | RuntimeException e) {
            database.close();
            throw e;
        }
    }

    private static SettingException cantStart(Path directory, Exception cause) {
        LOG.debug("The embedded PostgreSQL can't start", cause);
        String reason = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
        return new SettingException("The embedded PostgreSQL can't start in " + directory.toAbsolutePath() + ": "
                + reason + ". " + log(directory).getAbsolutePath()
                + " may say more. Free what is missing, or name another"
                + " directory, for example ORDERS_DATA_DIR=.data2");
    }

    private static void close(FileChannel lock) {
        try {
            lock.close();
        } catch (IOException e) {
            LOG.debug("The lock of the data directory is left to the end of this process", e);
        }
    }

    private static File log(Path directory) {
        return directory.resolve("postgres.log").toFile();
    }

    /**
     * Returns the same port for the same data if that port is free. The ports are below the range that the system uses for
     * outgoing connections. Otherwise a connection could take the port before the server does.
     */
    private static int freePort(Path data) throws IOException {
        int first = Math.floorMod(data.hashCode(), PORTS);
        for (int i = 0; i < PORTS; i++) {
            int port = LOWEST_PORT + (first + i) % PORTS;
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (BindException taken) {
                LOG.debug("Port {} is taken", port, taken);
            }
        }
        throw new IOException("No port from " + LOWEST_PORT + " to " + (LOWEST_PORT + PORTS - 1) + " is free");
    }

    /** Returns the JDBC URL for the application's role. */
    public String url() {
        return "jdbc:postgresql://localhost:" + server.getPort() + "/" + DATABASE;
    }

    /** Returns the port of the server. */
    public int port() {
        return server.getPort();
    }

    /** Stops the server. Committed data are kept. */
    @Override
    public void close() throws IOException {
        closing = true;
        server.close();
        lock.close();
    }

    /** Locks the directory against other processes until the channel closes. The channel of a killed process closes, too. */
    private static FileChannel lock(Path directory) {
        Path file = directory.resolve("lock");
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() != null) {
                return channel;
            }
            channel.close();
        } catch (IOException e) {
            throw DataDirectory.unusable(file, e);
        }
        throw new SettingException("Another instance of the API uses " + directory.toAbsolutePath()
                + ". Stop it, or name another directory, for example ORDERS_DATA_DIR=.data2");
    }

    /**
     * Stops the server of an API process that was killed. This process holds the lock, so no other process can have started
     * a server on this directory.
     */
    private static void stopOrphan(Path data) throws IOException {
        ProcessHandle orphan = serverOn(data).orElse(null);
        if (orphan == null) {
            return;
        }
        Path pidFile = pidFile(data);
        // PostgreSQL's shutdowns, from the clean one to the one that needs recovery. A server in recovery was seen to
        // ignore the clean one.
        for (String signal : List.of("-INT", "-QUIT", "-KILL")) {
            new ProcessBuilder("kill", signal, Long.toString(orphan.pid())).start();
            long deadline = System.nanoTime() + STOP_TIMEOUT.toNanos();
            while (orphan.isAlive() && Files.exists(pidFile) && System.nanoTime() < deadline) {
                pause();
            }
            if (!orphan.isAlive() || !Files.exists(pidFile)) {
                return;
            }
        }
    }

    /** Returns the running server process that {@code data} names in its pid file. */
    private static Optional<ProcessHandle> serverOn(Path data) throws IOException {
        Path pidFile = pidFile(data);
        List<String> lines = Files.exists(pidFile) ? Files.readAllLines(pidFile) : List.of();
        long pid = lines.isEmpty() ? -1 : Long.parseLong(lines.get(0).strip());
        return ProcessHandle.of(pid)
                .filter(process -> process.info().commandLine().orElse("").contains(data.toString()));
    }

    private static Path pidFile(Path data) {
        return data.resolve("postmaster.pid");
    }

    /** Logs what the operator has to do when the server ends. Clients only see that orders can't be reached. */
    @SuppressWarnings("FutureReturnValueIgnored") // The step after the end of the server only logs.
    private void warnOfItsEnd(Path data, File log) throws IOException {
        serverOn(data).ifPresent(process -> process.onExit().thenRun(() -> {
            if (!closing) {
                LOG.warn(
                        "The embedded PostgreSQL has ended. Stop the API and start it again: no order is lost. The"
                                + " reason may be in {}",
                        log);
            }
        }));
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while PostgreSQL stops", e);
        }
    }

    private void prepare(Path directory) throws SQLException {
        try (Connection superuser = server.getPostgresDatabase().getConnection();
                Statement statement = superuser.createStatement()) {
            if (!statement
                    .executeQuery("SELECT FROM pg_database WHERE datname = '" + DATABASE + "'")
                    .next()) {
                statement.execute("CREATE ROLE " + OWNER + " LOGIN NOSUPERUSER CREATEROLE");
                statement.execute("CREATE DATABASE " + DATABASE + " OWNER " + OWNER);
            }
        }
        try {
            new Migration(url(), OWNER, null).run(new AppRole(APP_ROLE, AppRole.Login.PASSWORD, null));
        } catch (FlywayValidateException e) {
            LOG.debug("The embedded PostgreSQL has other migrations", e);
            throw new SettingException("The data directory " + directory.toAbsolutePath()
                    + " was made by an earlier development version. Delete it, or name another one, for example"
                    + " ORDERS_DATA_DIR=.data2");
        }
    }
}
