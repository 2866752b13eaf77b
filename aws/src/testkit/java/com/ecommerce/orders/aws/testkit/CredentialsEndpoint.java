package com.ecommerce.orders.aws.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.json.JsonMapper;

/** The endpoint from which a function with snapshots gets the credentials of its role. */
public final class CredentialsEndpoint implements AutoCloseable {

    private static final String KEY = "for the function alone";

    private final HttpServer server;
    private final AtomicInteger reads = new AtomicInteger();

    public CredentialsEndpoint() throws IOException {
        server = HttpServer.create(Loopback.anyPort(), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Returns the settings that name the endpoint. */
    public Map<String, String> settings() {
        return Map.of(
                "AWS_CONTAINER_CREDENTIALS_FULL_URI",
                "http://127.0.0.1:" + server.getAddress().getPort() + "/credentials",
                "AWS_CONTAINER_AUTHORIZATION_TOKEN",
                KEY);
    }

    public int reads() {
        return reads.get();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean allowed = KEY.equals(exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] answer = JsonMapper.shared()
                    .writeValueAsBytes(Map.of(
                            "AccessKeyId", RdsProxy.CREDENTIALS.get("AWS_ACCESS_KEY_ID"),
                            "SecretAccessKey", RdsProxy.CREDENTIALS.get("AWS_SECRET_ACCESS_KEY"),
                            "Token", RdsProxy.CREDENTIALS.get("AWS_SESSION_TOKEN"),
                            "Expiration",
                                    Instant.now().plus(Duration.ofHours(1)).toString()));
            exchange.sendResponseHeaders(allowed ? 200 : 403, allowed ? answer.length : -1);
            if (allowed) {
                reads.incrementAndGet();
                exchange.getResponseBody().write(answer);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
