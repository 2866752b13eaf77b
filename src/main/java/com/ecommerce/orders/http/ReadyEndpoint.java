package com.ecommerce.orders.http;

import com.ecommerce.orders.order.Readiness;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Answers whether orders can be served. The result is kept for a second, so that probes cost next to nothing. */
final class ReadyEndpoint implements Endpoint.Open {

    static final byte[] UP = "{\"status\":\"UP\"}".getBytes(StandardCharsets.UTF_8);

    private static final long KEPT_NANOS = Duration.ofSeconds(1).toNanos();

    private final Readiness readiness;

    /** A monitor would hold on to a virtual thread's carrier. */
    private final Lock lock = new ReentrantLock();

    private @Nullable Check last;

    ReadyEndpoint(Readiness readiness) {
        this.readiness = readiness;
    }

    @Override
    public ApiResponse handle(ApiRequest request) {
        Parameters.refuseAll(request.query());
        check().ifPresent(failure -> {
            throw new ProblemException(Problem.notReady(failure.check()));
        });
        return ApiResponse.json(200, UP);
    }

    /** One at a time: while the database hangs, probes wait for the one that asks it. */
    private Optional<Readiness.Failure> check() {
        lock.lock();
        try {
            Check known = last;
            if (known == null || System.nanoTime() - known.at() > KEPT_NANOS) {
                known = new Check(readiness.failure(), System.nanoTime());
                last = known;
            }
            return known.failure();
        } finally {
            lock.unlock();
        }
    }

    private record Check(Optional<Readiness.Failure> failure, long at) {}
}
