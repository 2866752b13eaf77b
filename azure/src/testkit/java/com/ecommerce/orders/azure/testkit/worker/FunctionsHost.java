package com.ecommerce.orders.azure.testkit.worker;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;

/** A stand-in for the Functions host. It serves the app of a staged folder over HTTP until its standard input ends. */
public final class FunctionsHost {

    private static final byte[] NONE = {};

    private final Worker worker;
    private final Semaphore concurrent;

    private FunctionsHost(Worker worker, int concurrent) {
        this.worker = worker;
        this.concurrent = new Semaphore(concurrent);
    }

    /** @param arguments the staged folder, and a seed for the order of the jars */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        System.out.println("Jars in the order of seed " + arguments[1]);
        FunctionsHost host = new FunctionsHost(
                Worker.load(folder, Long.parseLong(arguments[1])), maxConcurrentRequests(folder.resolve("host.json")));
        ServerSocket server = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
        Thread acceptor = new Thread(() -> host.accept(server));
        acceptor.setDaemon(true);
        acceptor.start();
        System.out.println("Listening on " + server.getLocalPort());
        obey(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
        System.exit(0);
    }

    /** Reads lines such as {@code NAME=value}. Each line sets a property that acts as an app setting. */
    private static void obey(BufferedReader commands) throws IOException {
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            int equals = line.indexOf('=');
            System.setProperty(line.substring(0, equals), line.substring(equals + 1));
            System.out.println("Set " + line.substring(0, equals));
        }
    }

    private static int maxConcurrentRequests(Path hostJson) throws IOException {
        JsonObject http = Worker.read(hostJson).getAsJsonObject("extensions").getAsJsonObject("http");
        if (!http.get("routePrefix").getAsString().isEmpty()) {
            throw new IllegalStateException("The routes have a prefix");
        }
        return http.get("maxConcurrentRequests").getAsInt();
    }

    private void accept(ServerSocket server) {
        while (true) {
            try {
                Socket socket = server.accept();
                new Thread(() -> serve(socket)).start();
            } catch (IOException e) {
                System.out.println("Not accepted: " + e);
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            HostRequest request = HostRequest.read(new BufferedInputStream(socket.getInputStream()));
            concurrent.acquireUninterruptibly();
            try {
                answer(request, socket.getOutputStream());
            } finally {
                concurrent.release();
            }
        } catch (IOException | RuntimeException e) {
            System.out.println("Connection lost: " + e);
        }
    }

    private void answer(HostRequest request, OutputStream out) throws IOException {
        if (!worker.declares(request.method())) {
            write(out, request, 404, Map.of(), NONE);
        } else {
            invoke(request, out);
        }
    }

    private void invoke(HostRequest request, OutputStream out) throws IOException {
        WorkerResponseMessage response;
        try {
            response = (WorkerResponseMessage) worker.invoke(request.toMessage());
            if (response != null && response.headers().containsValue(null)) {
                throw new NullPointerException("A header without a value");
            }
        } catch (Exception | LinkageError e) {
            e.printStackTrace(System.out);
            write(out, request, 500, Map.of(), NONE);
            return;
        }
        if (response == null) {
            write(out, request, 204, Map.of(), NONE);
        } else {
            write(out, request, response);
        }
    }

    private static void write(OutputStream out, HostRequest request, WorkerResponseMessage response)
            throws IOException {
        Map<String, String> headers = new LinkedHashMap<>(response.headers());
        byte[] body;
        if (response.getBody() instanceof byte[] octets) {
            body = octets;
        } else {
            headers.merge("Content-Type", "text/plain", (given, fallback) -> given);
            headers.computeIfPresent("Content-Type", (name, type) -> type + "; charset=utf-8");
            Object value = response.getBody();
            body = (value instanceof String text ? text : new Gson().toJson(value)).getBytes(StandardCharsets.UTF_8);
        }
        write(out, request, response.getStatusCode(), headers, body);
    }

    private static void write(
            OutputStream out, HostRequest request, int status, Map<String, String> headers, byte[] body)
            throws IOException {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Status\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        boolean hasLength = status != 204 && status != 304;
        if (hasLength) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        head.append("Server: Kestrel\r\nConnection: close\r\n\r\n");
        out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        if (hasLength && !request.method().equals("HEAD")) {
            out.write(body);
        }
        out.flush();
    }
}
