package com.ecommerce.orders.settings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * The unchanged values of all settings. The first source that has a setting is used.
 *
 * @param orders the values of settings that start with {@code orders.}, by {@link Setting#key}, for each source
 */
record SettingSources(ConfigurableEnvironment environment, List<Map<String, String>> orders) {

    private static final String ORDERS = "orders.";

    /** @throws SettingException if a setting is unknown or has no effect in this artifact */
    static SettingSources of(Environment environment) {
        SettingSources sources = new SettingSources((ConfigurableEnvironment) environment, new ArrayList<>());
        SettingNames names = new SettingNames(Artifact.of(environment));
        for (PropertySource<?> source : sources.environment.getPropertySources()) {
            if (source instanceof EnumerablePropertySource<?> enumerable) {
                sources.read(enumerable, names);
            }
        }
        return sources;
    }

    private void read(EnumerablePropertySource<?> source, SettingNames names) {
        boolean isEnvironment = source instanceof SystemEnvironmentPropertySource;
        Map<String, String> values = new HashMap<>();
        for (String name : source.getPropertyNames()) {
            String key = isEnvironment ? names.keyOfVariable(name) : names.keyOfProperty(name);
            if (key != null && values.put(key, text(source.getProperty(name))) != null) {
                throw new SettingException(
                        "The setting " + name + " is set twice, in two spellings. Remove one of them.");
            }
        }
        if (!values.isEmpty()) {
            orders.add(values);
        }
    }

    /** Returns a value as text. An empty list or object in {@code SPRING_APPLICATION_JSON} becomes an empty text. */
    private static String text(@Nullable Object value) {
        return value instanceof CharSequence || value instanceof Number || value instanceof Boolean
                ? value.toString()
                : "";
    }

    /** Returns the unchanged value from the first source that has the setting. */
    @Nullable
    String value(Setting setting) {
        if (!setting.property().startsWith(ORDERS)) {
            return exact(setting);
        }
        String key = setting.key();
        for (Map<String, String> source : orders) {
            String value = source.get(key);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    private @Nullable String exact(Setting setting) {
        for (PropertySource<?> source : environment.getPropertySources()) {
            Object value = source.getProperty(setting.property());
            if (value != null) {
                return value.toString();
            }
        }
        return null;
    }
}
