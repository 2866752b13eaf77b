package com.ecommerce.orders.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Checks the responses to bad inputs. A response must be no internal error. A rejection must be a problem document, and
 * each header one line. Time and memory are bounded. Counts the responses.
 */
public final class Answers {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** A guard against an input that never ends. The value is not a measure of speed. */
    private static final Duration FOR_EVER = Duration.ofSeconds(20);

    private static final long MOST_BYTES = 256L * 1024 * 1024;
    private static final int MOST_BYTES_ANSWERED = 6 * 1024 * 1024;

    private final String topic;
    private final Map<Integer, LongAdder> byStatus = new TreeMap<>();

    /** @param topic the kind of the inputs */
    public Answers(String topic) {
        this.topic = topic;
    }

    /** The parts of a response that all platforms have in common. */
    public record Answer(int status, Map<String, String> headers, byte[] body) {}

    /** Checks the response to {@code input}. The message of a failure names the input. */
    public Answer check(Object input, Supplier<Answer> call) {
        long start = System.nanoTime();
        long allocated = THREADS.getCurrentThreadAllocatedBytes();
        Answer answer = call.get();
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - allocated)
                .as("bytes allocated for %s", input)
                .isLessThan(MOST_BYTES);
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .as("time for %s", input)
                .isLessThan(FOR_EVER);
        check(input, answer);
        byStatus.computeIfAbsent(answer.status(), status -> new LongAdder()).increment();
        return answer;
    }

    private static void check(Object input, Answer answer) {
        assertThat(answer.status()).as("status of %s", input).isBetween(200, 499);
        assertThat(answer.headers().toString()).as("headers of %s", input).doesNotContainPattern("\\p{Cntrl}");
        assertThat(answer.body()).as("answer to %s", input).hasSizeLessThan(MOST_BYTES_ANSWERED);
        if (answer.status() >= 400 && answer.body().length > 0) {
            JsonNode problem = JsonMapper.shared().readTree(answer.body());
            assertThat(problem.path("status").intValue())
                    .as("problem of %s", input)
                    .isEqualTo(answer.status());
            assertThat(problem.path("code").stringValue(""))
                    .as("problem of %s", input)
                    .isNotEmpty();
            assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                    .as("problem of %s", input)
                    .doesNotContain("Exception", "com.ecommerce");
        }
    }

    /** Returns the number of inputs by status of their responses. */
    public void tell() {
        long all = byStatus.values().stream().mapToLong(LongAdder::sum).sum();
        System.out.printf(Locale.ROOT, "FUZZ %s: %,d inputs, none answered 5xx, by status %s%n", topic, all, byStatus);
    }
}
