package com.ecommerce.orders.settings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.env.Environment;

/**
 * A reader of the settings in the table {@link Setting}. It is strict, because some settings protect the API. An unknown
 * name, an empty value, a value that is not allowed, and a list with gaps stop the start. Spring's own binding would
 * ignore an unknown name, an empty value and a gap.
 */
public final class SettingsReader {

    private final Environment environment;
    private final SettingSources sources;

    private SettingsReader(Environment environment) {
        this.environment = environment;
        this.sources = SettingSources.of(environment);
    }

    /**
     * Reads the names of all settings of {@code environment}.
     *
     * @throws SettingException if a setting is unknown or has no effect in this artifact
     */
    public static SettingsReader of(Environment environment) {
        return new SettingsReader(environment);
    }

    /** Tells whether any source has the setting. */
    public boolean isSet(Setting setting) {
        return sources.value(setting) != null;
    }

    /**
     * Returns the value, or the default of the table; {@code null} if there is neither. Placeholders ({@code ${...}}) are
     * replaced, except in JSON. A choice is returned in lower case.
     *
     * @throws SettingException if the value is empty or is not one of the choices
     */
    public @Nullable String text(Setting setting) {
        String written = sources.value(setting);
        String value = written == null ? setting.defaultValue() : resolved(setting, notBlank(setting, written));
        return value != null && setting.type() == SettingType.CHOICE ? choice(setting, value) : value;
    }

    /**
     * Returns the value of a secret, which may be empty; {@code null} if no source has it.
     *
     * @throws SettingException if the value refers to a {@code ${...}} that is not set
     */
    public @Nullable String secret(Setting setting) {
        String written = sources.value(setting);
        return written == null || written.isEmpty() ? written : resolved(setting, written);
    }

    /**
     * Returns the number.
     *
     * @throws SettingException if the value is not a number in the range of the table
     */
    public int integer(Setting setting) {
        String value = String.valueOf(text(setting));
        int least = Integer.parseInt(SettingType.least(setting.allowed()));
        int greatest = Integer.parseInt(SettingType.greatest(setting.allowed()));
        int number = isNumber(value) ? Integer.parseInt(value) : -1;
        if (number < least || number > greatest) {
            throw setting.invalid();
        }
        return number;
    }

    /** Tells whether the text has only digits, and fits into an {@code int}. */
    private static boolean isNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= 9;
    }

    /**
     * Returns the time.
     *
     * @throws SettingException if the value is not a time with its unit in the range of the table
     */
    public Duration duration(Setting setting) {
        String value = String.valueOf(text(setting));
        Duration duration = duration(setting, value);
        if (isNumber(value)
                || duration.compareTo(DurationStyle.SIMPLE.parse(SettingType.least(setting.allowed()))) < 0
                || duration.compareTo(DurationStyle.SIMPLE.parse(SettingType.greatest(setting.allowed()))) > 0) {
            throw setting.invalid();
        }
        return duration;
    }

    private static Duration duration(Setting setting, String value) {
        try {
            return DurationStyle.SIMPLE.parse(value);
        } catch (IllegalArgumentException | ArithmeticException malformed) {
            throw setting.invalid();
        }
    }

    private static String choice(Setting setting, String value) {
        for (String choice : setting.allowed().split("\\|")) {
            if (choice.equalsIgnoreCase(value)) {
                return choice.toLowerCase(Locale.ROOT);
            }
        }
        throw setting.invalid();
    }

    private String resolved(Setting setting, String value) {
        if (setting.type() == SettingType.JSON || !value.contains("${")) {
            return value;
        }
        try {
            return notBlank(setting, environment.resolveRequiredPlaceholders(value));
        } catch (IllegalArgumentException unresolved) {
            throw setting.must("not refer to a ${...} that is not set");
        }
    }

    /**
     * Returns the values of a list; if no source has the setting, the default of the table. A list has one of two forms:
     *
     * <ul>
     *   <li>The property {@code name} has the values, separated by commas. Placeholders ({@code ${...}}) are replaced.
     *   <li>The properties {@code name[0]}, {@code name[1]} and so on have one value each. Such a value is not changed. It
     *       may contain commas and {@code ${...}}.
     * </ul>
     *
     * @throws SettingException if there is an empty value or a gap, or if both forms are used
     */
    public List<String> list(Setting setting) {
        for (Map<String, String> source : sources.orders()) {
            String whole = source.get(setting.key());
            List<String> numbered = numbered(source, setting);
            if (whole != null && !numbered.isEmpty()) {
                throw setting.must("be one list or numbered values, and not both");
            }
            if (whole != null) {
                return split(setting, resolved(setting, notBlank(setting, whole)));
            }
            if (!numbered.isEmpty()) {
                return numbered;
            }
        }
        String defaultValue = setting.defaultValue();
        return defaultValue == null ? List.of() : split(setting, defaultValue);
    }

    private static List<String> numbered(Map<String, String> source, Setting setting) {
        String start = setting.key() + "[";
        List<String> values = new ArrayList<>();
        for (String value = source.get(start + "0]"); value != null; value = source.get(start + values.size() + "]")) {
            values.add(notBlank(setting, value));
        }
        checkCount(source, setting, values.size());
        return values;
    }

    private static void checkCount(Map<String, String> source, Setting setting, int count) {
        int found = 0;
        for (String key : source.keySet()) {
            found += key.startsWith(setting.key() + "[") ? 1 : 0;
        }
        if (found != count) {
            throw new SettingException(
                    setting.variable() + "_0",
                    "must be the first of the numbered values, and the others must follow without a gap",
                    setting.example().split(",")[0]);
        }
    }

    private static List<String> split(Setting setting, String text) {
        List<String> values = new ArrayList<>();
        for (String value : text.split(",", -1)) {
            values.add(notBlank(setting, value).strip());
        }
        return values;
    }

    private static String notBlank(Setting setting, String value) {
        if (value.isBlank()) {
            throw setting.must("not be empty; set a value or remove the setting");
        }
        return value;
    }
}
