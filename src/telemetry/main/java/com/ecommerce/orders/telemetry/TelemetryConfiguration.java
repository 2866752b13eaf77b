package com.ecommerce.orders.telemetry;

import com.ecommerce.orders.http.RequestObserver;
import com.ecommerce.orders.settings.OrdersSettings;
import com.ecommerce.orders.settings.TelemetrySettings;
import java.util.Objects;
import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.beans.factory.BeanRegistry.SupplierContext;
import org.springframework.core.env.Environment;

/** Registers the beans that send metrics and traces to the collector that {@code ORDERS_TELEMETRY_ENDPOINT} names. */
final class TelemetryConfiguration implements BeanRegistrar {

    @Override
    public void register(BeanRegistry registry, Environment environment) {
        registry.registerBean("telemetry", Telemetry.class, spec -> spec.supplier(TelemetryConfiguration::telemetry));
        registry.registerBean(
                "requestObserver",
                RequestObserver.class,
                spec -> spec.supplier(TelemetryConfiguration::requestObserver));
        registry.registerBean(
                "databaseTelemetry",
                DatabaseTelemetry.class,
                spec -> spec.supplier(context -> new DatabaseTelemetry(context.beanProvider(Telemetry.class))));
    }

    private static Telemetry telemetry(SupplierContext context) {
        TelemetrySettings settings =
                Objects.requireNonNull(context.bean(OrdersSettings.class).telemetry(), "The endpoint is set");
        return new Telemetry(settings.endpoint(), settings.interval());
    }

    private static RequestObserver requestObserver(SupplierContext context) {
        Telemetry telemetry = context.bean(Telemetry.class);
        return new RequestTelemetry(telemetry.meters(), telemetry.tracer());
    }
}
