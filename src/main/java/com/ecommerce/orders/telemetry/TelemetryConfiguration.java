package com.ecommerce.orders.telemetry;

import com.ecommerce.orders.http.RequestObserver;
import com.ecommerce.orders.settings.SettingException;
import java.time.Duration;
import java.util.regex.Pattern;
import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/** Switches telemetry on where {@code ORDERS_TELEMETRY_ENDPOINT} names a collector. */
public final class TelemetryConfiguration implements BeanRegistrar {

    private static final String SETTING = "ORDERS_TELEMETRY_ENDPOINT";
    private static final Pattern ENDPOINT = Pattern.compile("https?://[^/?#]+");
    private static final String EXAMPLE = "http://localhost:4318";

    @Override
    public void register(BeanRegistry registry, Environment environment) {
        String endpoint = environment.getProperty("orders.telemetry.endpoint", "");
        if (!endpoint.isEmpty()) {
            check(endpoint);
            Duration interval = interval(environment.getProperty("orders.telemetry.interval", "60s"));
            registry.registerBean(
                    "telemetry", Telemetry.class, bean -> bean.supplier(context -> new Telemetry(endpoint, interval)));
            registry.registerBean(
                    "requestObserver",
                    RequestObserver.class,
                    bean -> bean.supplier(context -> {
                        Telemetry telemetry = context.bean(Telemetry.class);
                        return new RequestTelemetry(telemetry.meters(), telemetry.tracer());
                    }));
            registry.registerBean(
                    "databaseTelemetry",
                    DatabaseTelemetry.class,
                    bean -> bean.supplier(context -> new DatabaseTelemetry(context.beanProvider(Telemetry.class))));
        }
    }

    private static Duration interval(String text) {
        try {
            return DurationStyle.SIMPLE.parse(text);
        } catch (IllegalArgumentException e) {
            throw new SettingException("ORDERS_TELEMETRY_INTERVAL", "must be a time with its unit", "60s");
        }
    }

    private static void check(String endpoint) {
        if (!ENDPOINT.matcher(endpoint).matches()) {
            throw new SettingException(SETTING, "must be the address of an OTLP collector, without a path", EXAMPLE);
        }
        if (!ClassUtils.isPresent("io.micrometer.registry.otlp.OtlpMeterRegistry", null)) {
            throw new SettingException("The setting " + SETTING
                    + " has no effect in this artifact, which is kept small for AWS Lambda; remove it and add AWS's own"
                    + " layer for OpenTelemetry to the function");
        }
    }
}
