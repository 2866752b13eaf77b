package com.ecommerce.orders.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ecommerce.orders.local.testkit.LocalServer;
import com.ecommerce.orders.testkit.Tokens;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests of clients that send bytes without a long pause but never finish. */
@NullUnmarked
class SlowClientTest {

    private static final Tokens TOKENS = new Tokens();

    private static LocalServer server;

    @BeforeAll
    static void start() {
        server = LocalServer.trusting(
                TOKENS, Map.of("server.tomcat.connection-timeout", "1s", "server.tomcat.keep-alive-timeout", "1s"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void loseTheConnectionInTheMiddleOfAHead() throws Exception {
        try (Client client = new Client()) {
            client.send("GET /health HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");

            client.dripUntilClosed("a");

            assertThat(client.statusLine()).isNull();
        }
    }

    @Test
    void getAResponseInTheMiddleOfABody() throws Exception {
        try (Client client = new Client()) {
            client.send(head("/orders", token(), 1_000_000) + "{");

            client.dripUntilClosed(" ");

            assertThat(client.statusLine()).contains(" 408");
        }
    }

    @Test
    void getAResponseAtOnceIfTheApiDoesNotReadTheBody() throws Exception {
        try (Client client = new Client()) {
            client.send(head("/nowhere", token(), 5) + "{");

            assertThat(client.statusLine()).contains(" 404");
            client.readToTheEnd();
        }
    }

    @Test
    void keepTheirConnectionIfTheUnreadBodyHasArrived() throws Exception {
        try (Client client = new Client()) {
            client.send(head("/nowhere", token(), 2) + "{}"
                    + head("/elsewhere", token(), 2).replaceFirst("\r\n", "\r\nConnection: close\r\n") + "{}");

            assertThat(client.statusLine()).contains(" 404");
            assertThat(client.readToTheEnd()).contains("/elsewhere");
        }
    }

    @Test
    void readTheRefusalOfALargeBodyThatTheyStillSend() throws Exception {
        try (Client client = new Client()) {
            client.send(head("/nowhere", token(), 1_000_000) + " ".repeat(1_000_000));

            assertThat(client.statusLine()).contains(" 404");
            assertThat(client.readToTheEnd()).contains("NOT_FOUND");
        }
    }

    @Test
    @Timeout(60)
    void loseTheConnectionIfTheyDoNotReadTheirResponses() throws Exception {
        try (Client client = new Client()) {
            client.send("GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(200));

            assertThatThrownBy(() -> client.drip("a")).isInstanceOf(IOException.class);
        }
    }

    private static String head(String path, String token, int length) {
        return "POST " + path
                + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAuthorization: Bearer " + token
                + "\r\nContent-Length: " + length + "\r\n\r\n";
    }

    private static String token() {
        return TOKENS.mint(Map.of(
                "tenant_id",
                "slow",
                "sub",
                "alice",
                "scope",
                "orders:read orders:write payments:write fulfillments:write"));
    }

    /** One connection. */
    private static final class Client implements AutoCloseable {

        private final Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        private final OutputStream out = socket.getOutputStream();
        private final BufferedReader in =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));

        Client() throws IOException {}

        void send(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.US_ASCII));
        }

        /** Sends until the server closes the connection or responds. */
        void dripUntilClosed(String text) throws Exception {
            try {
                while (!in.ready()) {
                    send(text);
                    Thread.sleep(50);
                }
            } catch (IOException closed) {
                assertThat(closed).isNotNull();
            }
        }

        /** Sends until the connection closes, and reads nothing. */
        void drip(String text) throws Exception {
            while (true) {
                send(text);
                Thread.sleep(50);
            }
        }

        /** Returns the status line, or {@code null} if the server closed the connection without a response. */
        String statusLine() throws IOException {
            try {
                return in.readLine();
            } catch (IOException reset) {
                return null;
            }
        }

        /** Returns everything that the server sends until it closes the connection. */
        String readToTheEnd() throws IOException {
            StringBuilder text = new StringBuilder();
            try {
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    text.append(line).append('\n');
                }
            } catch (IOException reset) {
                text.append("(reset)");
            }
            return text.toString();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
