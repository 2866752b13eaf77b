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
 * The settings whose names begin with {@code orders.}, which is {@code ORDERS_} in environment variables. They are read
 * strictly, because some of them keep strangers out: a name that is not known, a value that is empty, and a list with gaps
 * stop the start. Spring's own binding would pass over each of these.
 */
public final class Settings {

    private final Environment environment;

    /** Values by {@link SettingNames key}; the first source that has a setting counts. */
    private final List<Map<String, String>> sources = new ArrayList<>();

    private Settings(Environment environment) {
        this.environment = environment;
    }

    /**
     * Reads all settings of {@code environment}.
     *
     * @throws SettingException if one of them is unknown
     */
    public static Settings of(Environment environment) {
        Settings settings = new Settings(environment);
        for (PropertySource<?> source : ((ConfigurableEnvironment) environment).getPropertySources()) {
            if (source instanceof EnumerablePropertySource<?> enumerable) {
                settings.read(enumerable);
            }
        }
        return settings;
    }

    private void read(EnumerablePropertySource<?> source) {
        Map<String, String> values = new HashMap<>();
        for (String name : source.getPropertyNames()) {
            String key = source instanceof SystemEnvironmentPropertySource
                    ? SettingNames.keyOfVariable(name)
                    : SettingNames.keyOfProperty(name);
            if (key != null && values.put(key, text(source.getProperty(name))) != null) {
                throw new SettingException("The setting " + name + " is there twice, in two spellings; remove one");
            }
        }
        if (!values.isEmpty()) {
            sources.add(values);
        }
    }

    /** An empty list or object in {@code SPRING_APPLICATION_JSON} comes as such. */
    private static String text(@Nullable Object value) {
        return value instanceof CharSequence || value instanceof Number || value instanceof Boolean
                ? value.toString()
                : "";
    }

    /**
     * Returns the value of a setting as it was written, {@code null} if no source has it.
     *
     * @param name in lower case, with dots
     * @param example a value that would do
     * @throws SettingException if the value is empty
     */
    public @Nullable String literal(String name, String example) {
        String key = SettingNames.key(name);
        for (Map<String, String> source : sources) {
            String value = source.get(key);
            if (value != null) {
                return notBlank(name, value, example);
            }
        }
        return null;
    }

    /**
     * Returns the value of a setting with its {@code ${...}} filled in, {@code null} if no source has it.
     *
     * @param name in lower case, with dots
     * @param example a value that would do
     * @throws SettingException if the value is empty
     */
    public @Nullable String text(String name, String example) {
        String value = literal(name, example);
        return value == null ? null : resolved(name, value, example);
    }

    private String resolved(String name, String value, String example) {
        if (!value.contains("${")) {
            return value;
        }
        try {
            return notBlank(name, environment.resolveRequiredPlaceholders(value), example);
        } catch (IllegalArgumentException unresolved) {
            throw new SettingException(
                    SettingNames.variable(name), "must not refer to a ${...} that is not set", example);
        }
    }

    /**
     * Returns the values of a setting: separated by commas in {@code name}, with its {@code ${...}} filled in, or one by one
     * in {@code name[0]}, {@code name[1]} and so on. Those are taken as they are written, so they may hold commas and
     * {@code ${...}}.
     *
     * @param name in lower case, with dots
     * @param defaults what counts where no source has the setting
     * @param example a value that would do
     * @throws SettingException if there is an empty value or a gap, or both forms are there
     */
    public List<String> list(String name, List<String> defaults, String example) {
        String key = SettingNames.key(name);
        for (Map<String, String> source : sources) {
            String whole = source.get(key);
            List<String> numbered = numbered(source, name, example);
            if (whole != null && !numbered.isEmpty()) {
                throw new SettingException(
                        SettingNames.variable(name), "must be one list or numbered values, and not both", example);
            }
            if (whole != null) {
                return split(name, resolved(name, whole, example), example);
            }
            if (!numbered.isEmpty()) {
                return numbered;
            }
        }
        return defaults;
    }

    private static List<String> numbered(Map<String, String> source, String name, String example) {
        String start = SettingNames.key(name) + "[";
        List<String> values = new ArrayList<>();
        for (String value = source.get(start + "0]"); value != null; value = source.get(start + values.size() + "]")) {
            values.add(notBlank(name, value, example));
        }
        int found = 0;
        for (String key : source.keySet()) {
            found += key.startsWith(start) ? 1 : 0;
        }
        if (found != values.size()) {
            throw new SettingException(
                    SettingNames.variable(name) + "_0",
                    "must be the first of the numbered values, and the others must follow without a gap",
                    example.split(",")[0]);
        }
        return values;
    }

    private static List<String> split(String name, String text, String example) {
        List<String> values = new ArrayList<>();
        for (String value : text.split(",", -1)) {
            values.add(notBlank(name, value, example).strip());
        }
        return values;
    }

    private static String notBlank(String name, String value, String example) {
        if (value.isBlank()) {
            throw new SettingException(
                    SettingNames.variable(name), "must not be empty; give it a value or remove it", example);
        }
        return value;
    }
}
