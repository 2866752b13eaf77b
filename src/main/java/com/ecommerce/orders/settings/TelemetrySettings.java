package com.ecommerce.orders.settings;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The collector of metrics and traces. Spring Boot reads the two settings from {@code telemetry.properties}, after this
 * record has checked them.
 *
 * @param endpoint the address of an OTLP collector, without a path
 * @param interval the time between two exports of metrics, from 1 s to 24 h; 60 s by default
 */
public record TelemetrySettings(String endpoint, Duration interval) {

    private static final String ADDRESS = "https?://[^/?#]+";

    /** @throws SettingException if the endpoint is not an address without a path */
    public TelemetrySettings {
        if (!endpoint.matches(ADDRESS)) {
            throw Setting.TELEMETRY_ENDPOINT.invalid();
        }
    }

    /** Reads the settings. Returns {@code null} if no collector is set. */
    static @Nullable TelemetrySettings of(SettingsReader reader) {
        String endpoint = reader.text(Setting.TELEMETRY_ENDPOINT);
        if (endpoint == null) {
            OrdersSettings.requireFor(Setting.TELEMETRY_INTERVAL, Setting.TELEMETRY_ENDPOINT, reader);
            return null;
        }
        return new TelemetrySettings(endpoint, reader.duration(Setting.TELEMETRY_INTERVAL));
    }
}
