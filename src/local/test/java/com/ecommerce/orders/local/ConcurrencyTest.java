package com.ecommerce.orders.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.local.testkit.LocalServer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of clients that do the same thing at the same moment. */
class ConcurrencyTest {

    private static final String ORDER =
            "{\"currency\":\"EUR\",\"items\":[{\"sku\":\"A\",\"quantity\":1,\"unitPrice\":5}]}";
    private static final int TWINS = 16;
    private static final int WRITERS = 8;

    @TempDir
    static Path directory;

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static LocalServer server;

    private String token;

    @BeforeAll
    static void start() {
        server = LocalServer.withDevIssuer(directory);
    }

    @BeforeEach
    void useANewTenant() throws Exception {
        token = server.get("/dev/token?tenant=t-" + UUID.randomUUID()).body();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void sixteenRequestsForEachOfFiftyKeysMakeFiftyOrdersAndOneResponseEach() throws Exception {
        Set<String> bodies = new HashSet<>();
        for (int key = 0; key < 50; key++) {
            String name = "twins-" + key;
            Set<String> answers = new HashSet<>();
            for (HttpResponse<String> response :
                    atOnce(TWINS, () -> send("POST", "/orders", ORDER, "Idempotency-Key", name))) {
                if (response.statusCode() == 409) {
                    assertThat(response.body()).contains("IDEMPOTENCY_IN_FLIGHT");
                } else {
                    assertThat(response.statusCode()).isEqualTo(201);
                    answers.add(response.body()
                            + response.headers().firstValue("Location").orElseThrow());
                }
            }
            assertThat(answers).hasSize(1);
            bodies.addAll(answers);
        }
        assertThat(bodies).hasSize(50);
        assertThat(send("GET", "/orders?limit=200&createdBy=alice", "").body().split("\"id\":\"0"))
                .hasSize(51);
    }

    @Test
    void oneOfEightPatchesOfOneVersionWins() throws Exception {
        String path = place();

        assertThat(statuses(atOnce(
                        WRITERS,
                        () -> send("PATCH", path, "{\"note\":\"" + UUID.randomUUID() + "\"}", "If-Match", "\"1\""))))
                .containsExactly(200, 412, 412, 412, 412, 412, 412, 412);
    }

    @Test
    void oneOfEightCancellationsWins() throws Exception {
        String path = place();

        assertThat(statuses(atOnce(WRITERS, () -> send("POST", path + "/cancel", "{}"))))
                .containsExactly(200, 409, 409, 409, 409, 409, 409, 409);
    }

    @Test
    void keepsEverySuccessfulUnconditionalWrite() throws Exception {
        String path = place();
        List<HttpResponse<String>> responses = atOnce(
                WRITERS,
                () -> send("PATCH", path, "{\"metadata\":{\"k" + UUID.randomUUID() + "\":\"v\"}}", "If-Match", "*"));
        long succeeded =
                statuses(responses).stream().filter(status -> status == 200).count();

        assertThat(send("GET", path, "").headers().firstValue("ETag")).contains("\"" + (1 + succeeded) + "\"");
        assertThat(send("GET", path, "").body().split("\":\"v\"")).hasSize((int) succeeded + 1);
    }

    private String place() throws Exception {
        HttpResponse<String> response =
                CLIENT.send(request("POST", "/orders", ORDER).build(), HttpResponse.BodyHandlers.ofString());
        return response.headers().firstValue("Location").orElseThrow();
    }

    private static List<Integer> statuses(List<HttpResponse<String>> responses) {
        return responses.stream().map(HttpResponse::statusCode).sorted().toList();
    }

    private HttpResponse<String> send(String method, String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = request(method, path, body);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String method, String path, String body) {
        return HttpRequest.newBuilder(server.uri(path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
    }

    private static <T> List<T> atOnce(int threads, Callable<T> task) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        CyclicBarrier start = new CyclicBarrier(threads);
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                futures.add(executor.submit(() -> {
                    start.await();
                    return task.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } finally {
            executor.shutdown();
        }
    }
}
