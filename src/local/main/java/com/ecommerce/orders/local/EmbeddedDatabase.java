package com.ecommerce.orders.local;

import com.ecommerce.orders.admin.AppRole;
import com.ecommerce.orders.admin.Migration;
import com.ecommerce.orders.settings.SettingException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A PostgreSQL server that the API starts on loopback. The data stay when the server stops. */
public final class EmbeddedDatabase implements AutoCloseable {

    static final String APP_ROLE = "orders_api";

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
    private static final String OWNER = "orders_owner";
    private static final String DATABASE = "orders";
    /** Durable settings. Those of the library are meant for tests and lose the last transactions in a crash. */
    private static final Map<String, String> DURABLE =
            Map.of("fsync", "on", "synchronous_commit", "on", "full_page_writes", "on");

    private final DirectoryLock lock;
    private final EmbeddedPostgres server;
    private volatile boolean closing;

    private EmbeddedDatabase(DirectoryLock lock, EmbeddedPostgres server) {
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
        DirectoryLock lock = DirectoryLock.of(directory);
        try {
            return start(directory, lock);
        } catch (IOException | SQLException | RuntimeException e) {
            lock.close();
            throw e instanceof SettingException setting ? setting : cantStart(directory, e);
        }
    }

    private static EmbeddedDatabase start(Path directory, DirectoryLock lock) throws IOException, SQLException {
        Path data = directory.resolve("postgres").toAbsolutePath();
        stopOrphan(data);
        EmbeddedDatabase database =
                new EmbeddedDatabase(lock, builder(data, log(directory)).start());
        try {
            database.prepare(directory);
            database.warnOfItsEnd(data, log(directory));
            return database;
        } catch (IOException | SQLException | RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /** Stops the server of an API process that was killed. This process holds the lock, so no other process runs a server. */
    private static void stopOrphan(Path data) throws IOException {
        Optional<ServerProcess> orphan = ServerProcess.on(data);
        if (orphan.isPresent()) {
            orphan.get().stop();
        }
    }

    private static EmbeddedPostgres.Builder builder(Path data, File log) throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPGStartupWait(Duration.ofSeconds(30))
                .setPort(DatabasePort.free(data))
                .setOutputRedirector(ProcessBuilder.Redirect.appendTo(log))
                .setErrorRedirector(ProcessBuilder.Redirect.appendTo(log))
                .setServerConfig("listen_addresses", "localhost")
                .setServerConfig("timezone", "UTC");
        DURABLE.forEach(builder::setServerConfig);
        return builder;
    }

    private static SettingException cantStart(Path directory, Exception cause) {
        LOG.debug("The embedded PostgreSQL can't start", cause);
        String reason = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
        return new SettingException("The embedded PostgreSQL can't start in " + directory.toAbsolutePath() + ": "
                + reason + ". " + log(directory).getAbsolutePath()
                + " may say more. Free what is missing, or name another"
                + " directory, for example ORDERS_DATA_DIR=.data2");
    }

    private static File log(Path directory) {
        return directory.resolve("postgres.log").toFile();
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

    /** Logs what the operator has to do when the server ends. Clients only see that orders can't be reached. */
    @SuppressWarnings("FutureReturnValueIgnored") // The step after the end of the server only logs.
    private void warnOfItsEnd(Path data, File log) throws IOException {
        ServerProcess.on(data).ifPresent(server -> server.process().onExit().thenRun(() -> {
            if (!closing) {
                LOG.warn(
                        "The embedded PostgreSQL has ended. Stop the API and start it again: no order is lost. The"
                                + " reason may be in {}",
                        log);
            }
        }));
    }

    private void prepare(Path directory) throws SQLException {
        createDatabase();
        try {
            new Migration(url(), OWNER, null).run(new AppRole(APP_ROLE, AppRole.Login.PASSWORD, null));
        } catch (FlywayValidateException e) {
            LOG.debug("The embedded PostgreSQL has other migrations", e);
            throw new SettingException("The data directory " + directory.toAbsolutePath()
                    + " was made by an earlier development version. Delete it, or name another one, for example"
                    + " ORDERS_DATA_DIR=.data2");
        }
    }

    private void createDatabase() throws SQLException {
        try (Connection superuser = server.getPostgresDatabase().getConnection();
                Statement statement = superuser.createStatement()) {
            if (!statement
                    .executeQuery("SELECT FROM pg_database WHERE datname = '" + DATABASE + "'")
                    .next()) {
                statement.execute("CREATE ROLE " + OWNER + " LOGIN NOSUPERUSER CREATEROLE");
                statement.execute("CREATE DATABASE " + DATABASE + " OWNER " + OWNER);
            }
        }
    }
}
