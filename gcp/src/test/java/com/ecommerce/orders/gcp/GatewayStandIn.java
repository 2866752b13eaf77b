package com.ecommerce.orders.gcp;

import com.ecommerce.orders.testkit.Tokens;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A stand-in for API Gateway. It puts its own token into {@code Authorization}, the caller's token into
 * {@code X-Forwarded-Authorization}, and the claims of a verified caller into {@code X-Apigateway-Api-Userinfo}. API Gateway
 * would respond with 401 to an unverified caller. The stand-in passes such a request on without claims. To a request without
 * a token it adds no token. Each connection serves one request.
 */
final class GatewayStandIn implements AutoCloseable {

    private static final List<String> OWN = List.of("authorization:", "x-apigateway-api-userinfo:");

    private final ServerSocket server;
    private final URI backend;
    private final Tokens tokens;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    GatewayStandIn(URI backend, Tokens tokens) throws IOException {
        this.backend = backend;
        this.tokens = tokens;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    URI uri() {
        return URI.create("http://localhost:" + server.getLocalPort());
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                threads.execute(() -> pass(client));
            } catch (IOException e) {
                // The stand-in is closed.
            }
        }
    }

    private void pass(Socket client) {
        try (client;
                Socket function = new Socket(backend.getHost(), backend.getPort())) {
            function.getOutputStream().write(rewritten(head(client.getInputStream())));
            threads.execute(() -> copy(client, function));
            function.getInputStream().transferTo(client.getOutputStream());
        } catch (IOException e) {
            // The client sees a broken connection.
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // The response came before the end of the request.
        }
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        String text = "";
        while (!text.endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("No request");
            }
            head.write(next);
            text = next == '\n' ? head.toString(StandardCharsets.ISO_8859_1) : "";
        }
        return text.substring(0, text.length() - 4);
    }

    private byte[] rewritten(String head) {
        List<String> lines = new ArrayList<>();
        for (String line : head.split("\r\n")) {
            String lower = line.toLowerCase(Locale.ROOT);
            if (OWN.stream().noneMatch(lower::startsWith)) {
                lines.add(line);
            } else if (lower.startsWith("authorization:")) {
                lines.add("X-Forwarded-" + line);
                lines.addAll(userInfo(line.substring("authorization:".length()).strip()));
            }
        }
        if (lines.stream().anyMatch(line -> line.startsWith("X-Forwarded-"))) {
            lines.add("Authorization: Bearer the-gateway-s-own");
        }
        return (String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    private List<String> userInfo(String authorization) {
        String token = authorization.replaceFirst("(?i)^bearer +", "");
        return tokens.verify(token) == null
                ? List.of()
                : List.of("X-Apigateway-Api-Userinfo: " + token.split("\\.")[1]);
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            threads.shutdownNow();
        }
    }
}
