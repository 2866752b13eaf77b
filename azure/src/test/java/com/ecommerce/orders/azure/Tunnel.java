package com.ecommerce.orders.azure;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A second port for a server on loopback. The port works until the tunnel is closed. */
final class Tunnel implements AutoCloseable {

    private final ServerSocket entrance;
    private final int exit;

    private Tunnel(ServerSocket entrance, int exit) {
        this.entrance = entrance;
        this.exit = exit;
    }

    static Tunnel open(int port, int exit) throws IOException {
        Tunnel tunnel = new Tunnel(new ServerSocket(port, 50, InetAddress.getLoopbackAddress()), exit);
        daemon(tunnel::accept);
        return tunnel;
    }

    @Override
    public void close() throws IOException {
        entrance.close();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = entrance.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), exit);
                daemon(() -> pump(client, server));
                daemon(() -> pump(server, client));
            }
        } catch (IOException closed) {
            // The tunnel is closed.
        }
    }

    private static void pump(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException closed) {
            // One side has closed its connection.
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
    }
}
