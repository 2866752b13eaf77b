package com.ecommerce.orders.telemetry;

import com.ecommerce.orders.postgres.Database;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;

/** The telemetry of the database: measures the pool, and times and traces the round trips. */
final class DatabaseTelemetry implements BeanPostProcessor {

    private final ObjectProvider<ObservationRegistry> observations;
    private final ObjectProvider<MeterRegistry> meters;

    DatabaseTelemetry(ObjectProvider<ObservationRegistry> observations, ObjectProvider<MeterRegistry> meters) {
        this.observations = observations;
        this.meters = meters;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean instanceof HikariDataSource pool) {
            pool.setMetricsTrackerFactory(new MicrometerMetricsTrackerFactory(meters.getObject()));
        }
        return bean instanceof Database database
                ? database.observedBy(new ObservedRoundTrips(observations.getObject()))
                : bean;
    }
}
