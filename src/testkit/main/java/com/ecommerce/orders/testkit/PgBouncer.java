package com.ecommerce.orders.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** PgBouncer in transaction mode with one connection to the server for each role. All tenants share this connection. */
public final class PgBouncer implements AutoCloseable {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(30);

    private final Process process;
    private final URI target;
    private final int port;

    private PgBouncer(Process process, URI target, int port) {
        this.process = process;
        this.target = target;
        this.port = port;
    }

    /**
     * Starts PgBouncer on a free port of loopback, in front of the server that {@code jdbcUrl} names.
     *
     *
     * @param directory the folder for the settings and the log
     */
    public static PgBouncer start(String program, Path directory, String jdbcUrl) throws IOException {
        URI target = URI.create(jdbcUrl.substring("jdbc:".length()));
        int port = freePort();
        Path users = Files.writeString(
                directory.resolve("users.txt"),
                "\"orders_api\" \"orders_api\"\n\"orders_owner\" \"orders_owner\"\n\"postgres\" \"\"\n");
        Path settings = Files.writeString(
                directory.resolve("pgbouncer.ini"),
                String.join(
                        "\n",
                        "[databases]",
                        "* = host=127.0.0.1 port=" + target.getPort(),
                        "[pgbouncer]",
                        "listen_addr = 127.0.0.1",
                        "listen_port = " + port,
                        "unix_socket_dir =",
                        "auth_type = trust",
                        "auth_file = " + users,
                        "pool_mode = transaction",
                        "default_pool_size = 1",
                        "max_client_conn = 500",
                        "ignore_startup_parameters = extra_float_digits",
                        "server_login_retry = 1",
                        "logfile = " + directory.resolve("pgbouncer.log"),
                        ""));
        List<String> command = new ArrayList<>(List.of(program, "--quiet", settings.toString()));
        if (System.getProperty("user.name").equals("root")) {
            // PgBouncer does not run as root, like PostgreSQL. It runs as root of a user namespace.
            command.addAll(0, List.of("unshare", "--user"));
        }
        PgBouncer pooler = new PgBouncer(new ProcessBuilder(command).inheritIO().start(), target, port);
        pooler.awaitStart();
        return pooler;
    }

    /** Returns the JDBC URL of the same database through this pooler, as operators write it. */
    public String url() {
        // Before version 1.21 PgBouncer does not know which server connection has which prepared statement.
        return "jdbc:postgresql://127.0.0.1:" + port + target.getPath() + "?prepareThreshold=0";
    }

    @Override
    public void close() {
        process.destroy();
    }

    private void awaitStart() throws IOException {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (true) {
            try (Socket open = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException notYet) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    throw new IOException("PgBouncer does not start; its log is beside its settings", notYet);
                }
                Thread.onSpinWait();
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
