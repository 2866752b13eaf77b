package com.ecommerce.orders.azure;

import com.ecommerce.orders.settings.IdentityMode;
import com.ecommerce.orders.settings.Setting;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.util.function.SingletonSupplier;

/**
 * App Service authentication, which puts verified claims into a header. If App Service authentication is off, any client
 * can send that header. So the API trusts the header only if both its own setting and the platform say that App Service
 * authentication is on.
 */
@FunctionalInterface
interface AppServiceAuthentication {

    String HEADER = "x-ms-client-principal";

    /** Returns the verified claims, or {@code null} if there are none. */
    @Nullable
    Map<String, Object> claims(Map<String, String> headers);

    /**
     * Returns an object that reads claims as the settings say.
     *
     * @param mode supplies the mode; called with the first request, because a wrong setting must not stop the worker
     */
    static AppServiceAuthentication of(Environment environment, Supplier<IdentityMode> mode) {
        String enabled = environment.getProperty(Setting.WEBSITE_AUTH_ENABLED.property());
        Supplier<IdentityMode> ours = SingletonSupplier.of(mode);
        return "true".equalsIgnoreCase(enabled)
                ? headers -> ours.get() == IdentityMode.GATEWAY ? AzureGatewayClaims.claims(headers.get(HEADER)) : null
                : headers -> null;
    }
}
