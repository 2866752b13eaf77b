package com.ecommerce.orders.local;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The choice of the port of the embedded PostgreSQL. */
final class DatabasePort {

    private static final Logger LOG = LoggerFactory.getLogger(DatabasePort.class);
    private static final int LOWEST_PORT = 15_432;
    private static final int PORTS = 1_000;

    private DatabasePort() {}

    /**
     * Returns the same port for the same data if that port is free. The ports are below the range that the system uses for
     * outgoing connections. Otherwise a connection could take the port before the server does.
     */
    static int free(Path data) throws IOException {
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
}
