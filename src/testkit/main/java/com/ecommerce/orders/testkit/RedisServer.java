package com.ecommerce.orders.testkit;

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
public final class RedisServer implements AutoCloseable {

    private static final String PROGRAM = "redis-server";

    private final Path program;
    private final int port;
    private Process process;

    private RedisServer(Path program, int port) throws IOException {
        this.program = program;
        this.port = port;
        this.process = launch();
    }

    /** Returns the path of redis-server, if it is installed. */
    public static Optional<Path> program() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(directory -> Path.of(directory, PROGRAM))
                .filter(file -> file.toFile().canExecute())
                .findFirst();
    }

    public static RedisServer start(Path program) throws IOException, InterruptedException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free.close();
            RedisServer redis = new RedisServer(program, free.getLocalPort());
            redis.awaitStart();
            return redis;
        }
    }

    /** Starts the server again after {@link #kill()}, on the same port. */
    public void start() throws IOException, InterruptedException {
        process = launch();
        awaitStart();
    }

    private Process launch() throws IOException {
        return new ProcessBuilder(
                        program.toString(), "--port", "" + port, "--bind", "127.0.0.1", "--save", "", "--dir", "/tmp")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private void awaitStart() throws InterruptedException {
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

    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
