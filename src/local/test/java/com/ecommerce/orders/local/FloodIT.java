package com.ecommerce.orders.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.ecommerce.orders.local.testkit.ApiProcess;
import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of the packaged jar with very many slow connections. The heap is the default of Java in a container of 512 MiB. */
class FloodIT {

    private static final int CONNECTIONS = 3_000;
    private static final int OTHER_FILES = 500;
    private static final Duration HOLD = Duration.ofSeconds(3);
    private static final Duration SERVED_WITHIN = Duration.ofSeconds(2);

    @TempDir
    static Path directory;

    private static ApiProcess api;

    @BeforeAll
    static void start() throws Exception {
        Map<String, String> settings = Map.of("JAVA_TOOL_OPTIONS", "-Xmx128m -XX:+ExitOnOutOfMemoryError");
        api = ApiProcess.startIn(directory, Path.of("target/ecommerce-order-api.jar"), settings);
    }

    @AfterAll
    static void stop() throws Exception {
        api.close();
    }

    @Test
    void servesAgainAfterClientsWithoutTokensSendPartsOfBodies() throws Exception {
        flood(head("/x", "", 5) + "{");
    }

    @Test
    void servesAgainAfterClientsWithoutTokensSendPartsOfHeads() throws Exception {
        flood("GET /orders HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
    }

    @Test
    void servesAgainAfterClientsWithoutTokensSendLargeBodiesToAnUnknownPath() throws Exception {
        flood(head("/x", "", 1024 * 1024) + "a".repeat(1024 * 1024 - 1));
    }

    @Test
    void servesAgainAfterOneTenantSendsPartsOfBodies() throws Exception {
        flood(head("/orders", "Authorization: Bearer " + api.token("slow") + "\r\n", 1_000) + "{");
    }

    @Test
    void servesAgainAfterOneTenantSendsPartsOfLargeBodies() throws Exception {
        String authorization = "Authorization: Bearer " + api.token("slow") + "\r\n";
        flood(head("/orders", authorization, 1024 * 1024) + "{" + " ".repeat(1024 * 1024 - 2));
    }

    private static String head(String path, String more, int length) {
        return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + more
                + "Content-Length: " + length + "\r\n\r\n";
    }

    private static void flood(String text) throws Exception {
        assumeTrue(
                ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                        && system.getMaxFileDescriptorCount() > CONNECTIONS + OTHER_FILES,
                "NOT CHECKED: this machine gives a process too few open files; try ulimit -n 4096");
        int connected;
        try (Flood flood = new Flood(api.uri().getPort(), CONNECTIONS, text.getBytes(StandardCharsets.US_ASCII))) {
            connected = flood.hold(HOLD);
        }
        Duration silence = untilServed();
        System.out.printf(
                "Flood of %d bytes, %s: %d of %d connections let in, served again after %d ms%n",
                text.length(), text.lines().findFirst().orElse(""), connected, CONNECTIONS, silence.toMillis());

        assertThat(silence).isLessThan(SERVED_WITHIN);
        assertThat(api.log()).doesNotContain("java.lang.OutOfMemoryError");
    }

    /** Tries again with a new connection each time. In a full queue, a connection would wait for the attacker's connections. */
    private static Duration untilServed() throws InterruptedException {
        long start = System.nanoTime();
        HttpRequest health = HttpRequest.newBuilder(URI.create(api.uri() + "/health"))
                .timeout(SERVED_WITHIN.dividedBy(4))
                .build();
        while (true) {
            try {
                int status = HttpClient.newHttpClient()
                        .send(health, HttpResponse.BodyHandlers.discarding())
                        .statusCode();
                if (status == 200 || System.nanoTime() - start > 5 * SERVED_WITHIN.toNanos()) {
                    return Duration.ofNanos(System.nanoTime() - start);
                }
            } catch (IOException notYet) {
                if (System.nanoTime() - start > 5 * SERVED_WITHIN.toNanos()) {
                    return Duration.ofNanos(System.nanoTime() - start);
                }
            }
        }
    }
}
