package com.ecommerce.orders.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between the application and PostgreSQL and counts how often one waits for the other. */
final class CountingProxy implements AutoCloseable {

    private final ServerSocket server;
    private final URI target;
    private final AtomicInteger trips = new AtomicInteger();
    private final AtomicBoolean answered = new AtomicBoolean(true);
    private volatile boolean cutting;

    private CountingProxy(ServerSocket server, URI target) {
        this.server = server;
        this.target = target;
    }

    static CountingProxy to(String jdbcUrl) throws IOException {
        URI target = URI.create(jdbcUrl.substring("jdbc:".length()));
        CountingProxy proxy = new CountingProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
        start(proxy::accept);
        return proxy;
    }

    String url() {
        return "jdbc:postgresql://localhost:" + server.getLocalPort() + target.getPath();
    }

    /** How often {@code work} sent something and then waited for an answer. */
    int roundTrips(Runnable work) {
        trips.set(0);
        work.run();
        return trips.get();
    }

    /** From the next request on, whoever asks is cut off without an answer, and nobody is let in any more. */
    void cutFromNextRequestOn() {
        cutting = true;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void accept() throws IOException {
        while (!server.isClosed()) {
            Socket client = server.accept();
            Socket database = new Socket(target.getHost(), target.getPort());
            start(() -> pump(client, database, true));
            start(() -> pump(database, client, false));
        }
    }

    private void pump(Socket from, Socket to, boolean request) throws IOException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[64 * 1024];
            int count;
            while ((count = in.read(buffer)) >= 0) {
                if (request && cutting) {
                    server.close();
                    return;
                }
                if (!request) {
                    answered.set(true);
                } else if (answered.getAndSet(false)) {
                    trips.incrementAndGet();
                }
                out.write(buffer, 0, count);
            }
        }
    }

    private static void start(Loop loop) {
        Thread thread = new Thread(() -> {
            try {
                loop.run();
            } catch (IOException closed) {
                // One of the two ended the connection, or the proxy was closed: the loop's regular end.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private interface Loop {

        void run() throws IOException;
    }
}
