package com.ecommerce.orders.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.local.testkit.LocalServer;
import com.ecommerce.orders.testkit.Await;
import com.ecommerce.orders.testkit.TestDatabase;
import com.ecommerce.orders.testkit.Tokens;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Tests of too many requests at once, and of running requests while the server stops. */
class OverloadTest {

    private static final Tokens TOKENS = new Tokens();
    private static final int POOL_SIZE = 4;
    private static final ExecutorService THREADS = Executors.newCachedThreadPool();
    private static final String ORDER =
            "{\"currency\":\"EUR\",\"items\":[{\"sku\":\"A\",\"quantity\":1,\"unitPrice\":5}]}";

    @Test
    void refusesRequestsAboveItsLimitAndServesAgain() throws Exception {
        try (LocalServer server = server()) {
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            try (Connection lock = lockOrders()) {
                assertThat(lock).isNotNull();
                for (int i = 0; i < 4 * POOL_SIZE; i++) {
                    answers.add(CompletableFuture.supplyAsync(() -> create(server, token()), THREADS));
                }
                CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                        .get();
            }
            assertThat(answers)
                    .extracting(each -> each.get().statusCode())
                    .contains(503)
                    .containsOnly(409, 503);
            assertThat(answers)
                    .allSatisfy(each -> assertThat(each.get().headers().firstValue("Retry-After"))
                            .isEqualTo(each.get().statusCode() == 503 ? Optional.of("1") : Optional.empty()));
            assertThat(create(server, token()).statusCode()).isEqualTo(201);
        }
    }

    @Test
    void finishesAcceptedRequestsWhenItIsStopped() throws Exception {
        LocalServer server = server();
        CompletableFuture<HttpResponse<String>> accepted;
        CompletableFuture<Void> stopped;
        try (Connection lock = lockOrders()) {
            assertThat(lock).isNotNull();
            accepted = CompletableFuture.supplyAsync(() -> create(server, token()), THREADS);
            awaitALock();
            int port = server.port();
            stopped = CompletableFuture.runAsync(server::close, THREADS);
            // The server closes its port when it accepts no new requests.
            while (isOpen(port)) {
                Thread.onSpinWait();
            }
        }
        // The request got the lock or an error about the lock. Its connection was not closed.
        assertThat(accepted.get().statusCode()).isIn(201, 409);
        stopped.get();
    }

    @Test
    void servesAnyNumberOfRequestsOverOneConnection() throws Exception {
        try (LocalServer server = server();
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            OutputStream out = socket.getOutputStream();
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            for (int i = 0; i < 150; i++) {
                out.write("HEAD /health HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                assertThat(in.readLine()).as("request %d", i).contains(" 200");
                String line = in.readLine();
                while (!line.isEmpty()) {
                    assertThat(line).doesNotStartWithIgnoringCase("Connection: close");
                    line = in.readLine();
                }
            }
        }
    }

    private static LocalServer server() {
        return LocalServer.trusting(TOKENS, Map.of("DB_POOL_SIZE", Integer.toString(POOL_SIZE)));
    }

    /** Makes every create wait until the connection closes, as a slow database does. */
    private static Connection lockOrders() throws SQLException {
        Connection connection = TestDatabase.get().connectAsSuperuser();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("LOCK TABLE orders IN EXCLUSIVE MODE");
        }
        return connection;
    }

    /** Waits until a statement of the API waits for the lock that the test holds. */
    private static void awaitALock() throws Exception {
        try (Connection connection = TestDatabase.get().connectAsSuperuser();
                PreparedStatement waiting = connection.prepareStatement(
                        "SELECT FROM pg_stat_activity WHERE usename = ? AND wait_event_type = 'Lock'")) {
            waiting.setString(1, TestDatabase.USER);
            Await.until("a statement that waits for a lock", () -> waiting.executeQuery()
                    .next());
        }
    }

    private static boolean isOpen(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }

    private static HttpResponse<String> create(LocalServer server, String token) {
        try {
            return server.post("/orders", token, ORDER);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String token() {
        return TOKENS.mint(Map.of(
                "tenant_id", "t-" + UUID.randomUUID(),
                "sub", "alice",
                "email", "alice@example.org",
                "scope", "orders:read orders:write payments:write fulfillments:write"));
    }
}
