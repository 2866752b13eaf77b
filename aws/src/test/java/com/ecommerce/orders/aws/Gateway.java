package com.ecommerce.orders.aws;

import com.ecommerce.orders.aws.testkit.RuntimeApi;
import com.ecommerce.orders.testkit.Tokens;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A small stand-in for API Gateway or a load balancer. It receives HTTP on loopback, sends events to the function, and
 * converts the results to HTTP. Unlike the real gateway, it passes a request without a valid token on, without claims. So
 * tests see how the function refuses the request.
 */
final class Gateway implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final RuntimeApi api;
    private final ApiKind kind;
    private final GatewayEvents events;

    /** @param tokens the tokens that the authorizer trusts; {@code null} for an API without an authorizer */
    Gateway(RuntimeApi api, ApiKind kind, boolean base64, @Nullable Tokens tokens) throws IOException {
        this.api = api;
        this.kind = kind;
        this.events = new GatewayEvents(kind, base64, tokens == null ? null : new JwtAuthorizer(tokens));
        threads.execute(this::accept);
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                threads.execute(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            GatewayRequest request = GatewayRequest.read(new BufferedInputStream(socket.getInputStream()));
            write(request, JSON.readTree(api.invoke(events.toEvent(request))), socket.getOutputStream());
        } catch (EOFException gone) {
            // The client has closed the connection.
        } catch (Exception e) {
            LoggerFactory.getLogger(Gateway.class).error("No response to a request", e);
        }
    }

    private void write(GatewayRequest request, JsonNode answer, OutputStream out) throws IOException {
        String text = answer.path("body").stringValue("");
        byte[] body = answer.path("isBase64Encoded").asBoolean()
                ? Base64.getDecoder().decode(text)
                : text.getBytes(StandardCharsets.UTF_8);
        int status = answer.path("statusCode").intValue();
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Status\r\nConnection: close\r\n");
        String headers = kind == ApiKind.LOAD_BALANCER ? "multiValueHeaders" : "headers";
        answer.path(headers).properties().forEach(header -> head.append(header.getKey())
                .append(": ")
                .append(header.getValue().path(0).stringValue(header.getValue().stringValue("")))
                .append("\r\n"));
        if (status != 204 && status != 304 && !request.method().equals("HEAD")) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        ByteArrayOutputStream response = new ByteArrayOutputStream();
        response.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        response.writeBytes(body);
        out.write(response.toByteArray());
        out.flush();
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}
