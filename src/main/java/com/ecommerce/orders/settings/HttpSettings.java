package com.ecommerce.orders.settings;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How clients reach the API.
 *
 * @param basePath the path below which clients find the API; {@code null} (the default) if they find it at the root
 * @param corsOrigins the origins of web pages that may call the API; empty (the default) for none, {@code *} for all
 */
public record HttpSettings(@Nullable String basePath, List<String> corsOrigins) {

    static HttpSettings of(SettingsReader reader) {
        return new HttpSettings(reader.text(Setting.HTTP_BASE_PATH), reader.list(Setting.CORS_ORIGINS));
    }
}
