package com.ecommerce.orders.telemetry;

import com.ecommerce.orders.order.Orders;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;

/** The telemetry of the database: measures the pool, and times and traces the round trips. */
final class DatabaseTelemetry implements BeanPostProcessor {

    private final ObjectProvider<Telemetry> telemetry;

    DatabaseTelemetry(ObjectProvider<Telemetry> telemetry) {
        this.telemetry = telemetry;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean instanceof HikariDataSource pool) {
            pool.setMetricsTrackerFactory(
                    new MicrometerMetricsTrackerFactory(telemetry.getObject().meters()));
        }
        return bean instanceof Orders orders
                ? new ObservedOrders(
                        orders,
                        telemetry.getObject().meters(),
                        telemetry.getObject().tracer())
                : bean;
    }
}
