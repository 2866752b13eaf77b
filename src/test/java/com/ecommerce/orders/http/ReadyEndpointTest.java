package com.ecommerce.orders.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.ecommerce.orders.order.Readiness;
import com.ecommerce.orders.testkit.LogWatch;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReadyEndpointTest {

    private static final Readiness.Failure AWAY =
            new Readiness.Failure("database", "No PostgreSQL listens at db:5432.");
    private static final Readiness.Failure OLD = new Readiness.Failure("migrations", "Migration 003 is missing.");

    private Optional<Readiness.Failure> failure = Optional.empty();
    private final AtomicInteger asked = new AtomicInteger();
    private final ReadyEndpoint endpoint = new ReadyEndpoint(this::check, Duration.ZERO);

    @Test
    void namesTheFailedCheckWithoutItsDetails() {
        failure = Optional.of(AWAY);

        assertThat(refusal()).contains("\"check\":\"database\"").doesNotContain("5432", "PostgreSQL");
    }

    @Test
    void logsTheDetailsOnceForEachChange() {
        try (LogWatch log = LogWatch.start()) {
            assertThat(endpoint.handle(request(), Map.of()).status()).isEqualTo(200);
            failure = Optional.of(AWAY);
            refusal();
            refusal();
            failure = Optional.of(OLD);
            refusal();
            failure = Optional.empty();
            endpoint.handle(request(), Map.of());
            endpoint.handle(request(), Map.of());

            assertThat(log.lines())
                    .containsExactly(
                            "WARN {} Not ready: database: No PostgreSQL listens at db:5432.",
                            "WARN {} Not ready: migrations: Migration 003 is missing.",
                            "INFO {} Ready again");
        }
    }

    @Test
    void keepsTheResultForAWhile() {
        ReadyEndpoint keeping = new ReadyEndpoint(this::check, Duration.ofHours(1));
        for (int i = 0; i < 3; i++) {
            keeping.handle(request(), Map.of());
        }
        assertThat(asked).hasValue(1);
    }

    private Optional<Readiness.Failure> check() {
        asked.incrementAndGet();
        return failure;
    }

    private String refusal() {
        HttpProblemException refused =
                catchThrowableOfType(HttpProblemException.class, () -> endpoint.handle(request(), Map.of()));
        return new String(refused.document().toResponse("/ready", "r-1").body(), StandardCharsets.UTF_8);
    }

    private static ApiRequest request() {
        return new ApiRequest("GET", "/ready", List.of(), Map.of(), new byte[0]);
    }
}
