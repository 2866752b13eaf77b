package com.ecommerce.orders.settings;

import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/**
 * All settings of the API, validated.
 *
 * @param http the settings for the HTTP clients
 * @param events the settings of the event log
 * @param identity the settings that identify callers
 * @param database the database; {@code null} if no setting names a database
 * @param cache the cache of orders; {@code null} (the default) for none
 * @param telemetry the collector of metrics and traces; {@code null} (the default) for none
 */
public record OrdersSettings(
        HttpSettings http,
        EventSettings events,
        IdentitySettings identity,
        @Nullable DatabaseSettings database,
        @Nullable CacheSettings cache,
        @Nullable TelemetrySettings telemetry) {

    /**
     * Reads the settings from all sources of {@code environment}.
     *
     * @throws SettingException if a setting is unknown, missing or wrong
     */
    public static OrdersSettings of(Environment environment) {
        SettingsReader reader = SettingsReader.of(environment);
        return new OrdersSettings(
                HttpSettings.of(reader),
                EventSettings.of(reader),
                IdentitySettings.of(reader),
                DatabaseSettings.of(reader),
                CacheSettings.of(reader),
                TelemetrySettings.of(reader));
    }

    /** @throws SettingException if {@code setting} is set although it has no effect without {@code required} */
    static void requireFor(Setting setting, Setting required, SettingsReader reader) {
        if (reader.isSet(setting)) {
            String other = required.variable();
            throw new SettingException("The setting " + setting.variable() + " has no effect without " + other
                    + ". Remove " + setting.variable() + " or set " + other + ", for example " + other + "="
                    + required.example());
        }
    }
}
