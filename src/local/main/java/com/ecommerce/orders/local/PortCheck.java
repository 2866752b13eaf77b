package com.ecommerce.orders.local;

import com.ecommerce.orders.settings.SettingException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.env.Environment;

/**
 * A check just before the server listens that the port is free. The server itself would report a taken port in many lines
 * and without the reason.
 */
final class PortCheck implements SmartLifecycle {

    private static final int DEFAULT_PORT = 8080;

    private final Environment environment;

    PortCheck(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void start() {
        String host = environment.getProperty("server.address", "0.0.0.0");
        int port = environment.getProperty("server.port", Integer.class, DEFAULT_PORT);
        try {
            new ServerSocket(port, 1, InetAddress.getByName(host)).close();
        } catch (IOException e) {
            throw new SettingException(reason(host, port, String.valueOf(e.getMessage())));
        }
    }

    /** Explains the message of the system. A message in another language is shown unchanged. */
    private static String reason(String host, int port, String message) {
        String example = ", for example PORT=" + (port == DEFAULT_PORT ? port + 1 : DEFAULT_PORT);
        return message.contains("in use")
                ? "The port " + port + " is in use. Stop the program that has it, or name another port" + example
                : "The port " + port + " of " + host + " can't be used (" + message
                        + "). Correct HOST, or name another port" + example;
    }

    @Override
    public void stop() {
        // The check keeps no port.
    }

    @Override
    public boolean isRunning() {
        return false;
    }

    /**
     * Returns a phase before the server and after the database. So a second instance on one directory gets the error about
     * the directory first.
     */
    @Override
    public int getPhase() {
        return 0;
    }
}
