package com.ecommerce.orders.settings;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings for the HTTP clients of the API.
 *
 * @param basePath the path in front of all paths of the API; {@code null} (the default) for none
 * @param corsOrigins the origins of web pages that may call the API; empty (the default) for none, {@code *} for all
 */
public record HttpSettings(@Nullable String basePath, List<String> corsOrigins) {

    static HttpSettings of(SettingsReader reader) {
        return new HttpSettings(reader.text(Setting.HTTP_BASE_PATH), reader.list(Setting.CORS_ORIGINS));
    }
}
