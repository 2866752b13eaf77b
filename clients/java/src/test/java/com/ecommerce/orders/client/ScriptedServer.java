package com.ecommerce.orders.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that sends its responses in the order in which a test adds them. It keeps the requests. */
public final class ScriptedServer implements AutoCloseable {

    private final HttpServer server;
    private final Queue<Response> responses = new ConcurrentLinkedQueue<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    /** Starts the server on a free port of this machine. */
    public ScriptedServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::respond);
        server.start();
    }

    /** Returns a client of this server. */
    public ApiClient client() {
        ApiClient client = new ApiClient();
        client.updateBaseUri("http://127.0.0.1:" + server.getAddress().getPort());
        return client;
    }

    /** Adds a response. */
    public ScriptedServer then(int status, String json) {
        responses.add(new Response(status, json, null));
        return this;
    }

    /** Adds a response with the header {@code Retry-After}. */
    public ScriptedServer thenRetryAfter(int seconds, int status, String json) {
        responses.add(new Response(status, json, Integer.toString(seconds)));
        return this;
    }

    /** Ends the connection of a request without a response. */
    public ScriptedServer thenNoResponse() {
        responses.add(new Response(0, "", null));
        return this;
    }

    /** Returns the query of each request until now. */
    public List<String> queries() {
        return requests;
    }

    private void respond(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getQuery();
        requests.add(query == null ? "" : query);
        Response response = responses.remove();
        if (response.status() == 0) {
            exchange.close();
            return;
        }
        byte[] body = response.json().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders()
                .set("Content-Type", response.status() < 400 ? "application/json" : "application/problem+json");
        if (response.retryAfter() != null) {
            exchange.getResponseHeaders().set("Retry-After", response.retryAfter());
        }
        exchange.sendResponseHeaders(response.status(), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /** @param status 0 for no response */
    private record Response(int status, String json, String retryAfter) {}
}
