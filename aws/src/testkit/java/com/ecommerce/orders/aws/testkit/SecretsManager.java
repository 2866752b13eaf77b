package com.ecommerce.orders.aws.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A stand-in for Secrets Manager. It serves GetSecretValue, the only call of a login. */
public final class SecretsManager implements AutoCloseable {

    /** The name of the secret. */
    public static final String ID = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:orders-AbCdEf";

    private final HttpsServer server;
    private final byte[] answer;
    private final AtomicInteger reads = new AtomicInteger();

    /** Starts a server with one secret, which contains these credentials. */
    public SecretsManager(Certificates certificates, String user, String password)
            throws IOException, GeneralSecurityException {
        String secret = JsonMapper.shared().writeValueAsString(Map.of("username", user, "password", password));
        this.answer = JsonMapper.shared()
                .writeValueAsBytes(Map.of("ARN", ID, "Name", "orders", "VersionId", "1", "SecretString", secret));
        this.server = HttpsServer.create(Loopback.anyPort(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(certificates.server()));
        server.createContext("/", this::handle);
        server.start();
    }

    /** Returns the address of the server. */
    public String uri() {
        return "https://localhost:" + server.getAddress().getPort();
    }

    /** Returns how often the secret was read. */
    public int reads() {
        return reads.get();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode request = JsonMapper.shared().readTree(exchange.getRequestBody());
            boolean known = "secretsmanager.GetSecretValue"
                            .equals(exchange.getRequestHeaders().getFirst("X-Amz-Target"))
                    && ID.equals(request.path("SecretId").stringValue(null));
            exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
            exchange.sendResponseHeaders(known ? 200 : 400, known ? answer.length : -1);
            if (known) {
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
