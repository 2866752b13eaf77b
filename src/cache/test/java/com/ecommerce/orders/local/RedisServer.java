package com.ecommerce.orders.local;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** A real Redis on loopback, without a disk. Tests can kill it and start it again. */
final class RedisServer implements AutoCloseable {

    private static final String PROGRAM = "redis-server";

    private final Path program;
    private final int port;
    private Process process;

    private RedisServer(Path program, int port) {
        this.program = program;
        this.port = port;
    }

    /** Returns the path of redis-server, if it is installed. */
    static Optional<Path> program() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(directory -> Path.of(directory, PROGRAM))
                .filter(file -> file.toFile().canExecute())
                .findFirst();
    }

    static RedisServer start(Path program) throws IOException, InterruptedException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            RedisServer redis = new RedisServer(program, free.getLocalPort());
            free.close();
            redis.start();
            return redis;
        }
    }

    void start() throws IOException, InterruptedException {
        process = new ProcessBuilder(
                        program.toString(), "--port", "" + port, "--bind", "127.0.0.1", "--save", "", "--dir", "/tmp")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        while (!answers()) {
            if (!process.isAlive()) {
                throw new IllegalStateException("Redis did not start");
            }
            Thread.sleep(20);
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 100);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    String url() {
        return "redis://127.0.0.1:" + port;
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
