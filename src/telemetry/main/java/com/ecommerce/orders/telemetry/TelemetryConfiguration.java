package com.ecommerce.orders.telemetry;

import com.ecommerce.orders.http.RequestObserver;
import com.ecommerce.orders.settings.SettingException;
import java.time.Duration;
import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.beans.factory.BeanRegistry.SupplierContext;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.env.Environment;

/** Registers the beans that send metrics and traces to the collector that {@code ORDERS_TELEMETRY_ENDPOINT} names. */
final class TelemetryConfiguration implements BeanRegistrar {

    private static final String SETTING = "ORDERS_TELEMETRY_ENDPOINT";
    private static final String ENDPOINT = "https?://[^/?#]+";
    private static final String EXAMPLE = "http://localhost:4318";

    @Override
    public void register(BeanRegistry registry, Environment environment) {
        String endpoint = environment.getRequiredProperty("orders.telemetry.endpoint");
        check(endpoint);
        Duration interval = interval(environment.getProperty("orders.telemetry.interval", "60s"));
        registry.registerBean(
                "telemetry", Telemetry.class, spec -> spec.supplier(context -> new Telemetry(endpoint, interval)));
        registry.registerBean(
                "requestObserver",
                RequestObserver.class,
                spec -> spec.supplier(TelemetryConfiguration::requestObserver));
        registry.registerBean(
                "databaseTelemetry",
                DatabaseTelemetry.class,
                spec -> spec.supplier(context -> new DatabaseTelemetry(context.beanProvider(Telemetry.class))));
    }

    private static RequestObserver requestObserver(SupplierContext context) {
        Telemetry telemetry = context.bean(Telemetry.class);
        return new RequestTelemetry(telemetry.meters(), telemetry.tracer());
    }

    private static Duration interval(String text) {
        try {
            return DurationStyle.SIMPLE.parse(text);
        } catch (IllegalArgumentException e) {
            throw new SettingException("ORDERS_TELEMETRY_INTERVAL", "must be a time with its unit", "60s");
        }
    }

    private static void check(String endpoint) {
        if (!endpoint.matches(ENDPOINT)) {
            throw new SettingException(SETTING, "must be the address of an OTLP collector, without a path", EXAMPLE);
        }
    }
}
