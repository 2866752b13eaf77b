package com.ecommerce.orders.http;

import com.ecommerce.orders.order.Readiness;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The endpoint that tells whether orders can be served. The result is kept for a second, so that probes cost almost
 * nothing. Callers see only the name of the failed check. Its details go to the log, once for each change.
 */
final class ReadyEndpoint implements Endpoint.Open {

    static final byte[] UP = "{\"status\":\"UP\"}".getBytes(StandardCharsets.UTF_8);

    private static final Logger LOG = LoggerFactory.getLogger(ReadyEndpoint.class);
    private static final Duration KEPT = Duration.ofSeconds(1);

    private final Readiness readiness;
    private final long keptNanos;

    /** A lock instead of {@code synchronized}, which would block the carrier thread of a virtual thread. */
    private final Lock lock = new ReentrantLock();

    private @Nullable Check last;

    ReadyEndpoint(Readiness readiness) {
        this(readiness, KEPT);
    }

    ReadyEndpoint(Readiness readiness, Duration kept) {
        this.readiness = readiness;
        this.keptNanos = kept.toNanos();
    }

    @Override
    public ApiResponse handle(ApiRequest request, Map<String, String> pathVariables) {
        Parameters.refuseAll(request.query());
        check().ifPresent(failure -> {
            throw new HttpProblemException(ProblemDocument.notReady(failure.check()));
        });
        return ApiResponse.json(200, UP);
    }

    /** Runs the checks, one thread at a time. If the database hangs, only one probe waits for the database. */
    private Optional<Readiness.Failure> check() {
        lock.lock();
        try {
            Check known = last;
            if (known == null || System.nanoTime() - known.at() > keptNanos) {
                known = checkAgain(known);
                last = known;
            }
            return known.failure();
        } finally {
            lock.unlock();
        }
    }

    private Check checkAgain(@Nullable Check known) {
        Optional<Readiness.Failure> failure = readiness.failure();
        log(known == null ? Optional.empty() : known.failure(), failure);
        return new Check(failure, System.nanoTime());
    }

    private static void log(Optional<Readiness.Failure> before, Optional<Readiness.Failure> now) {
        if (now.isPresent() && !now.equals(before)) {
            LOG.warn("Not ready: {}: {}", now.get().check(), now.get().detail());
        } else if (now.isEmpty() && before.isPresent()) {
            LOG.info("Ready again");
        }
    }

    private record Check(Optional<Readiness.Failure> failure, long at) {}
}
