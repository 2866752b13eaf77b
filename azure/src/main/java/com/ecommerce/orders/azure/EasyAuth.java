package com.ecommerce.orders.azure;

import com.ecommerce.orders.settings.IdentitySettings;
import com.ecommerce.orders.settings.Setting;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.util.function.SingletonSupplier;

/**
 * App Service authentication, which puts verified claims into a header. Where App Service authentication is off, any
 * client can send that header. So the header counts only if both our own setting and the platform say that App Service
 * authentication is on.
 */
@FunctionalInterface
interface EasyAuth {

    String HEADER = "x-ms-client-principal";

    /** The verified claims, {@code null} if there are none. */
    @Nullable
    Map<String, Object> claims(Map<String, String> headers);

    /**
     * Returns what the settings ask for.
     *
     * @param mode is first asked for by a request, since a wrong setting must not stop the worker
     */
    static EasyAuth of(Environment environment, Supplier<IdentitySettings.Mode> mode) {
        String enabled = environment.getProperty(Setting.WEBSITE_AUTH_ENABLED.property());
        Supplier<IdentitySettings.Mode> ours = SingletonSupplier.of(mode);
        return "true".equalsIgnoreCase(enabled)
                ? headers ->
                        ours.get() == IdentitySettings.Mode.GATEWAY ? ClientPrincipal.claims(headers.get(HEADER)) : null
                : headers -> null;
    }
}
