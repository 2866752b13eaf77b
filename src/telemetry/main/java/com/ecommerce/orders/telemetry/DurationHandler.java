package com.ecommerce.orders.telemetry;

import io.micrometer.common.KeyValue;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.observation.MeterObservationHandler;
import io.micrometer.observation.Observation;
import java.time.Duration;
import java.util.Objects;

/**
 * Records the duration of each observation in a histogram, with the unit that OpenTelemetry's semantic conventions demand.
 * The timers of Micrometer name the unit {@code seconds}, where the conventions say {@code s}.
 */
final class DurationHandler implements MeterObservationHandler<Observation.Context> {

    private static final double NANOS_PER_SECOND = Duration.ofSeconds(1).toNanos();

    private final MeterRegistry meters;

    DurationHandler(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public void onStart(Observation.Context context) {
        context.put(DurationHandler.class, System.nanoTime());
    }

    @Override
    public void onStop(Observation.Context context) {
        long start = context.getRequired(DurationHandler.class);
        DistributionSummary.builder(Objects.requireNonNull(context.getName(), "Every observation here has a name"))
                .baseUnit("s")
                .tags(tags(context))
                .register(meters)
                .record((System.nanoTime() - start) / NANOS_PER_SECOND);
    }

    private static Tags tags(Observation.Context context) {
        Tags tags = Tags.empty();
        for (KeyValue value : context.getLowCardinalityKeyValues()) {
            tags = tags.and(value.getKey(), value.getValue());
        }
        return tags;
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
        return true;
    }
}
