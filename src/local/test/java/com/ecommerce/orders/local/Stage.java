package com.ecommerce.orders.local;

import com.ecommerce.orders.local.testkit.ApiProcess;
import com.ecommerce.orders.testkit.DatabaseProxy;
import com.ecommerce.orders.testkit.EmbeddedPostmaster;
import com.ecommerce.orders.testkit.PgBouncer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The API, its PostgreSQL and the network between them. A drill can damage all three. */
interface Stage extends AutoCloseable {

    /** Returns the directory with all data. */
    Path directory();

    ApiProcess api();

    /** Opens a connection of a superuser, who sees the rows of every tenant. */
    Connection superuser() throws IOException, SQLException;

    EmbeddedPostmaster postmaster() throws IOException;

    /** Returns the network between the API and its database. */
    DatabaseProxy network();

    @Override
    void close() throws IOException, InterruptedException;

    /** Starts the API with its embedded PostgreSQL, as on a laptop, without a network between the two. */
    static Stage laptop(Path directory) throws IOException, InterruptedException {
        return new Laptop(directory, ApiProcess.startIn(directory));
    }

    /**
     * Starts the API and a PostgreSQL behind a network. The timeouts are so short that they pass during a drill.
     *
     * @param settings the settings of the API
     */
    static Stage networked(Path directory, Map<String, String> settings) throws IOException, InterruptedException {
        Server server = Server.start(directory);
        DatabaseProxy network = DatabaseProxy.to(server.database().url());
        String url = network.url() + "?options=-c%20statement_timeout=1500&socketTimeout=2";
        return new Networked(
                directory,
                server,
                network,
                Optional.empty(),
                ApiProcess.startIn(server.home(), server.settings(url, settings)));
    }

    /**
     * Starts the API and a PostgreSQL behind PgBouncer, which has one connection for all tenants.
     *
     * @param program the path of PgBouncer
     */
    static Stage pooled(Path directory, String program) throws IOException, InterruptedException {
        Server server = Server.start(directory);
        DatabaseProxy network = DatabaseProxy.to(server.database().url());
        PgBouncer pooler = PgBouncer.start(program, directory, network.url());
        return new Networked(
                directory,
                server,
                network,
                Optional.of(pooler),
                ApiProcess.startIn(server.home(), server.settings(pooler.url(), Map.of())));
    }

    /** Starts the API and a PostgreSQL for measurements, with the settings of production. */
    static Stage measured(Path directory) throws IOException, InterruptedException {
        return measured(directory, Map.of());
    }

    /** Starts the API and a PostgreSQL for measurements, with these settings of the API. */
    static Stage measured(Path directory, Map<String, String> settings) throws IOException, InterruptedException {
        Server server = Server.start(directory);
        String url = server.database().url();
        return new Networked(
                directory,
                server,
                DatabaseProxy.to(url),
                Optional.empty(),
                ApiProcess.startForLoad(server.home(), server.settings(url, settings)));
    }

    /** The stage of {@link #laptop}. */
    record Laptop(Path directory, ApiProcess api) implements Stage {

        @Override
        public Connection superuser() throws IOException, SQLException {
            return DriverManager.getConnection(api.databaseUrl());
        }

        @Override
        public EmbeddedPostmaster postmaster() throws IOException {
            return EmbeddedPostmaster.of(directory);
        }

        @Override
        public DatabaseProxy network() {
            throw new UnsupportedOperationException("The API talks to its own PostgreSQL directly");
        }

        @Override
        public void close() throws InterruptedException {
            api.close();
        }
    }

    /** The stage of {@link #networked}. */
    record Networked(Path directory, Server server, DatabaseProxy network, Optional<PgBouncer> pooler, ApiProcess api)
            implements Stage {

        @Override
        public Connection superuser() throws SQLException {
            return DriverManager.getConnection(server.database().url() + "?user=postgres");
        }

        @Override
        public EmbeddedPostmaster postmaster() {
            return server.postmaster();
        }

        @Override
        public void close() throws IOException, InterruptedException {
            api.close();
            pooler.ifPresent(PgBouncer::close);
            network.close();
            server.database().close();
        }
    }

    /** A PostgreSQL that only the drill uses. */
    record Server(EmbeddedDatabase database, EmbeddedPostmaster postmaster, Path home) {

        static Server start(Path directory) throws IOException {
            EmbeddedDatabase database = EmbeddedDatabase.start(directory.resolve("database"));
            return new Server(
                    database,
                    EmbeddedPostmaster.of(directory.resolve("database")),
                    Files.createDirectories(directory.resolve("api")));
        }

        Map<String, String> settings(String url, Map<String, String> others) {
            Map<String, String> all = new HashMap<>(others);
            all.put("DB_URL", url);
            all.put("DB_USER", EmbeddedDatabase.APP_ROLE);
            return all;
        }
    }
}
