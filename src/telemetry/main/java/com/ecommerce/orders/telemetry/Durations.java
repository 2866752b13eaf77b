package com.ecommerce.orders.telemetry;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;

/**
 * A histogram of durations in the unit {@code s}, which OpenTelemetry's semantic conventions demand. Micrometer's own
 * timers name the unit {@code seconds}.
 */
final class Durations {

    private static final double NANOS_PER_SECOND = Duration.ofSeconds(1).toNanos();

    private final MeterRegistry meters;
    private final String name;
    private final double[] buckets;

    /** @param buckets the upper bounds of the buckets in seconds */
    Durations(MeterRegistry meters, String name, double... buckets) {
        this.meters = meters;
        this.name = name;
        this.buckets = buckets;
    }

    /** Records the time since {@code start}, which is a value of {@link System#nanoTime()}. */
    void record(long start, Tags tags) {
        DistributionSummary.builder(name)
                .baseUnit("s")
                .serviceLevelObjectives(buckets)
                .tags(tags)
                .register(meters)
                .record((System.nanoTime() - start) / NANOS_PER_SECOND);
    }
}
