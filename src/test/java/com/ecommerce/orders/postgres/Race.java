package com.ecommerce.orders.postgres;

import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.operation.RequestProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.NullUnmarked;

/** Threads that send requests at the same moment. */
@NullUnmarked
final class Race implements AutoCloseable {

    private final int size;
    private final ExecutorService threads;

    Race(int size) {
        this.size = size;
        this.threads = Executors.newFixedThreadPool(size);
    }

    /** Runs the tasks, and starts the first of them at the same moment. */
    List<OrderResponse> run(int tasks, IntFunction<OrderResponse> task) throws Exception {
        int starters = Math.min(tasks, size);
        CyclicBarrier start = new CyclicBarrier(starters);
        List<Future<OrderResponse>> running = new ArrayList<>();
        for (int i = 0; i < tasks; i++) {
            int number = i;
            running.add(threads.submit(() -> {
                if (number < starters) {
                    start.await();
                }
                return task.apply(number);
            }));
        }
        List<OrderResponse> responses = new ArrayList<>();
        for (Future<OrderResponse> result : running) {
            responses.add(result.get());
        }
        return responses;
    }

    /** Runs the tasks at the same moment. */
    List<OrderResponse> run(List<Supplier<OrderResponse>> tasks) throws Exception {
        return run(tasks.size(), i -> tasks.get(i).get());
    }

    /** Repeats a write that waited too long for a lock, as clients do. */
    static OrderResponse retried(Supplier<OrderResponse> write) {
        OrderResponse response;
        do {
            response = write.get();
        } while (response instanceof RequestProblem.Conflict || response instanceof RequestProblem.IdempotencyInFlight);
        return response;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
