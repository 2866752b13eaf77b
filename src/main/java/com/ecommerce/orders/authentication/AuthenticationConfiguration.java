package com.ecommerce.orders.authentication;

import com.ecommerce.orders.http.Authenticator;
import com.ecommerce.orders.settings.IdentityMode;
import com.ecommerce.orders.settings.IdentitySettings;
import com.ecommerce.orders.settings.OrdersSettings;
import java.time.Clock;
import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.beans.factory.BeanRegistry.SupplierContext;
import org.springframework.core.env.Environment;

/** Registers the {@link Authenticator} that the settings {@code orders.identity.*} choose. */
public final class AuthenticationConfiguration implements BeanRegistrar {

    @Override
    public void register(BeanRegistry registry, Environment environment) {
        registry.registerBean(
                "authenticator",
                Authenticator.class,
                spec -> spec.supplier(AuthenticationConfiguration::authenticator));
    }

    private static Authenticator authenticator(SupplierContext context) {
        IdentitySettings settings = context.bean(OrdersSettings.class).identity();
        ClaimsMapper claims = new ClaimsMapper(settings);
        if (settings.mode() == IdentityMode.GATEWAY) {
            return new GatewayAuthenticator(claims);
        }
        Clock clock = context.bean(Clock.class);
        return new JwtAuthenticator(settings, JwkSetClient.of(settings.jwt(), clock), claims, clock);
    }
}
