package com.ecommerce.orders.telemetry;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.registry.otlp.OtlpConfig;
import io.micrometer.registry.otlp.OtlpMeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A sender of metrics and spans to a collector. It works in the background, and drops data that can't be sent. */
final class Telemetry implements AutoCloseable {

    private static final String SERVICE = "orders-api";

    private final OtlpMeterRegistry meters;
    private final SdkTracerProvider tracers;

    /**
     * @param endpoint the address of the collector, without a path and without a slash at the end
     * @param interval the time between two transmissions of metrics
     */
    Telemetry(String endpoint, Duration interval) {
        this.meters = new OtlpMeterRegistry(new Settings(endpoint + "/v1/metrics", interval), Clock.SYSTEM);
        new JvmMemoryMetrics().bindTo(meters);
        new ProcessorMetrics().bindTo(meters);
        this.tracers = SdkTracerProvider.builder()
                .setResource(Resource.getDefault()
                        .merge(Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), SERVICE))))
                .setSampler(Sampler.parentBased(Sampler.alwaysOn()))
                .addSpanProcessor(BatchSpanProcessor.builder(OtlpHttpSpanExporter.builder()
                                .setEndpoint(endpoint + "/v1/traces")
                                .build())
                        .build())
                .build();
    }

    MeterRegistry meters() {
        return meters;
    }

    Tracer tracer() {
        return tracers.get(SERVICE);
    }

    /** Sends the remaining data. */
    @Override
    public void close() {
        tracers.close();
        meters.close();
    }

    /** The configuration of Micrometer. Other values are Micrometer's defaults. */
    private record Settings(String url, Duration step) implements OtlpConfig {

        @Override
        public Map<String, String> resourceAttributes() {
            return Map.of("service.name", SERVICE);
        }

        /** The unit for the meters of libraries, which use Micrometer's own timers. */
        @Override
        public TimeUnit baseTimeUnit() {
            return TimeUnit.SECONDS;
        }

        @Override
        public @Nullable String get(String key) {
            return null;
        }
    }
}
