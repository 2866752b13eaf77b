package com.ecommerce.orders.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The network between the application and PostgreSQL. Counts how often one side waits for the other, stalls, and cuts.
 */
public final class DatabaseProxy implements AutoCloseable {

    private static final CountDownLatch FLOWING = new CountDownLatch(0);

    private final ServerSocket server;
    private final URI target;
    private final AtomicInteger trips = new AtomicInteger();
    private final AtomicBoolean answered = new AtomicBoolean(true);
    private final AtomicInteger cuts = new AtomicInteger();
    private volatile CountDownLatch gate = FLOWING;

    private DatabaseProxy(ServerSocket server, URI target) {
        this.server = server;
        this.target = target;
    }

    /** Starts a working network in front of the server that {@code jdbcUrl} names. */
    public static DatabaseProxy to(String jdbcUrl) throws IOException {
        URI target = URI.create(jdbcUrl.substring("jdbc:".length()));
        DatabaseProxy proxy = new DatabaseProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
        start(proxy::accept);
        return proxy;
    }

    /** Returns the JDBC URL of the same database through this network. */
    public String url() {
        return "jdbc:postgresql://localhost:" + server.getLocalPort() + target.getPath();
    }

    /** Returns how often {@code work} sent something and then waited for a response. */
    public int roundTrips(Runnable work) {
        trips.set(0);
        work.run();
        return trips.get();
    }

    /** Cuts each of the next {@code count} responses in the middle, after the server has done its work. */
    public void cutAnswers(int count) {
        cuts.set(count);
    }

    /** Stops all traffic in both directions, and reports no error to either side. */
    public void stall() {
        gate = new CountDownLatch(1);
    }

    /** Ends a stall. Delivers the delayed bytes to the connections that are still open. */
    public void flow() {
        gate.countDown();
    }

    @Override
    public void close() throws IOException {
        flow();
        server.close();
    }

    private void accept() throws IOException {
        while (!server.isClosed()) {
            Socket client = server.accept();
            try {
                Socket database = new Socket(target.getHost(), target.getPort());
                start(() -> pump(client, database, true));
                start(() -> pump(database, client, false));
            } catch (IOException down) {
                client.close();
            }
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
                awaitFlow();
                if (!request) {
                    answered.set(true);
                } else if (answered.getAndSet(false)) {
                    trips.incrementAndGet();
                }
                if (!request && cuts.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                    out.write(buffer, 0, count / 2);
                    return;
                }
                out.write(buffer, 0, count);
            }
        }
    }

    private void awaitFlow() throws IOException {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static void start(Loop loop) {
        Thread thread = new Thread(() -> {
            try {
                loop.run();
            } catch (IOException closed) {
                // One side has ended the connection, or the proxy was closed.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private interface Loop {

        void run() throws IOException;
    }
}
