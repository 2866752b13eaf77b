package com.ecommerce.orders.aws.snapstart;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.operation.NotModified;
import com.ecommerce.orders.operation.OrderRequest;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.operation.Problem;
import com.ecommerce.orders.operation.RequestProblem;
import com.ecommerce.orders.testkit.LogWatch;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class PrimingTest {

    private static final Problem UNAVAILABLE = new RequestProblem.Unavailable(RequestProblem.Effect.NOTHING_TO_STORE);

    @Test
    void reportsThatItDidNotReachTheDatabase() {
        assertThat(reportOf(request -> UNAVAILABLE))
                .startsWith("WARN")
                .contains("without a primed database", "UNAVAILABLE, The orders can't be reached right now.");
        assertThat(reportOf(request -> {
                    throw new IllegalStateException("a test's");
                }))
                .startsWith("WARN")
                .contains("without a primed database", "a test's");
    }

    @Test
    void logsNothingIfItReachedTheDatabase() {
        assertThat(reportOf(request -> new NotModified(1))).isEmpty();
    }

    private static String reportOf(Function<OrderRequest, OrderResponse> createOrder) {
        try (LogWatch log = LogWatch.start()) {
            new Priming(event -> null, createOrder).run();
            return String.join("\n", log.lines());
        }
    }
}
