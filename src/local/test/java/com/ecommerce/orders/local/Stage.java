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

/** The API, its PostgreSQL and the network between them, all of them to be damaged by a drill. */
interface Stage extends AutoCloseable {

    /** Where all its data are. */
    Path directory();

    ApiProcess api();

    /** A connection for which there are no rules. */
    Connection superuser() throws IOException, SQLException;

    EmbeddedPostmaster postmaster() throws IOException;

    /** The network between the API and its database. */
    DatabaseProxy network();

    @Override
    void close() throws IOException, InterruptedException;

    /** The API with a PostgreSQL of its own, as on a laptop; there is no network between the two. */
    static Stage laptop(Path directory) throws IOException, InterruptedException {
        return new Laptop(directory, ApiProcess.startIn(directory));
    }

    /**
     * The API and a PostgreSQL behind a network, with timeouts so short that a drill sees them pass.
     *
     * @param settings of the API
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
     * The API and a PostgreSQL behind PgBouncer, which has one connection for all tenants.
     *
     * @param program PgBouncer's
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

    /** The API and a PostgreSQL as they are in production, to be measured. */
    static Stage measured(Path directory) throws IOException, InterruptedException {
        return measured(directory, Map.of());
    }

    /** The same with these settings of the API. */
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

    /** See {@link #laptop}. */
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

    /** See {@link #networked}. */
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

    /** A PostgreSQL of the drill's own. */
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
