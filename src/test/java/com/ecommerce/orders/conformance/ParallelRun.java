package com.ecommerce.orders.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.function.Executable;

/**
 * A run of cases on several threads. All cases start in the order of their addition when the first result is awaited. The
 * first case runs alone, because the server may be cold.
 */
final class ParallelRun {

    private static final int THREADS = 5;

    private final List<FutureTask<?>> tasks = new ArrayList<>();
    private boolean started;

    /** Adds a case. The returned test waits for the end of the case, and throws the failure of the case. */
    Executable add(Callable<?> each) {
        FutureTask<?> task = new FutureTask<>(each);
        tasks.add(task);
        return () -> {
            start();
            try {
                task.get();
            } catch (ExecutionException e) {
                throw e.getCause();
            }
        };
    }

    private synchronized void start() {
        if (!started) {
            started = true;
            tasks.get(0).run();
            ExecutorService threads = Executors.newFixedThreadPool(THREADS);
            tasks.forEach(threads::execute);
            threads.shutdown();
        }
    }
}
