package com.ecommerce.orders.azure;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

/** The endpoint on the host of the app that gives tokens to an app with a managed identity. */
final class ManagedIdentity implements AutoCloseable {

    private static final String SECRET = "0d1c0ffee";

    private final HttpServer server;
    private final String token;

    private ManagedIdentity(HttpServer server, String token) {
        this.server = server;
        this.token = token;
    }

    static ManagedIdentity withToken(String token) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ManagedIdentity identity = new ManagedIdentity(server, token);
        server.createContext("/msi/token", identity::answer);
        server.start();
        return identity;
    }

    /** Returns the variables that the platform adds to the app's environment. */
    Map<String, String> environment() {
        return Map.of(
                "IDENTITY_ENDPOINT",
                "http://127.0.0.1:" + server.getAddress().getPort() + "/msi/token",
                "IDENTITY_HEADER",
                SECRET);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        boolean known = SECRET.equals(exchange.getRequestHeaders().getFirst("X-IDENTITY-HEADER"))
                && exchange.getRequestURI().getQuery().contains("resource=https://ossrdbms-aad.database.windows.net");
        byte[] answer = """
                {"access_token":"%s","expires_on":"%d","token_type":"Bearer"}"""
                .formatted(token, Instant.now().getEpochSecond() + 3600)
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(known ? 200 : 401, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }
}
