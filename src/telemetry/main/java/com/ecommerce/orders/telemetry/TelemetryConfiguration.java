package com.ecommerce.orders.telemetry;

import com.ecommerce.orders.http.RequestObserver;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.core.env.Environment;

/** Registers the beans that send metrics and traces to the collector that {@code ORDERS_TELEMETRY_ENDPOINT} names. */
final class TelemetryConfiguration implements BeanRegistrar {

    @Override
    public void register(BeanRegistry registry, Environment environment) {
        registry.registerBean(BootTelemetry.class);
        registry.registerBean(JvmMemoryMetrics.class, bean -> bean.supplier(context -> new JvmMemoryMetrics()));
        registry.registerBean(ProcessorMetrics.class, bean -> bean.supplier(context -> new ProcessorMetrics()));
        registry.registerBean(DurationHandler.class, bean -> bean.order(0)
                .supplier(context -> new DurationHandler(context.bean(MeterRegistry.class))));
        registry.registerBean(RequestSpanHandler.class, bean -> bean.order(
                        MicrometerTracingAutoConfiguration.RECEIVER_TRACING_OBSERVATION_HANDLER_ORDER)
                .supplier(
                        context -> new RequestSpanHandler(context.bean(Tracer.class), context.bean(Propagator.class))));
        registry.registerBean(
                RequestObserver.class,
                bean -> bean.supplier(context -> new RequestTelemetry(
                        context.bean(ObservationRegistry.class), context.bean(MeterRegistry.class))));
        registry.registerBean(
                DatabaseTelemetry.class,
                bean -> bean.supplier(context -> new DatabaseTelemetry(
                        context.beanProvider(ObservationRegistry.class), context.beanProvider(MeterRegistry.class))));
    }
}
