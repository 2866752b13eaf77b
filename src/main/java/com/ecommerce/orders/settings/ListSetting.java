package com.ecommerce.orders.settings;

import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/** Settings of several values: separated by commas in {@code name}, or one by one as {@code name[0]}, {@code name[1]}. */
public final class ListSetting {

    private ListSetting() {}

    /**
     * What the first source that has the setting says.
     *
     * @param name in lower case, with dots
     * @param defaults what counts where no source has it
     */
    public static List<String> read(Environment environment, String name, List<String> defaults) {
        // Boot's binder knows which source is the first of both forms, but it is the dearest line of a cold start.
        if (environment.containsProperty(name + "[0]")) {
            return Binder.get(environment)
                    .bind(name, Bindable.listOf(String.class))
                    .orElseGet(() -> defaults);
        }
        String text = environment.getProperty(name);
        return text == null ? defaults : split(text);
    }

    private static List<String> split(String text) {
        List<String> values = new ArrayList<>();
        for (String value : StringUtils.commaDelimitedListToStringArray(text)) {
            values.add(value.strip());
        }
        return values;
    }
}
