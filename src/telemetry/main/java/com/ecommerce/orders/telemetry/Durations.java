package com.ecommerce.orders.telemetry;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;

/**
 * One histogram of durations, with the unit that OpenTelemetry's semantic conventions demand. Micrometer's own timers
 * name the unit {@code seconds}, where the conventions say {@code s}.
 */
final class Durations {

    private static final double NANOS_PER_SECOND = Duration.ofSeconds(1).toNanos();

    private final MeterRegistry meters;
    private final String name;
    private final double[] buckets;

    /** @param buckets upper bounds in seconds */
    Durations(MeterRegistry meters, String name, double... buckets) {
        this.meters = meters;
        this.name = name;
        this.buckets = buckets;
    }

    /** Records how much time has passed since {@code start}, a reading of {@link System#nanoTime()}. */
    void record(long start, Tags tags) {
        DistributionSummary.builder(name)
                .baseUnit("s")
                .serviceLevelObjectives(buckets)
                .tags(tags)
                .register(meters)
                .record((System.nanoTime() - start) / NANOS_PER_SECOND);
    }
}
