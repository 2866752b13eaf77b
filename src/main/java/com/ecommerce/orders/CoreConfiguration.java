package com.ecommerce.orders;

import com.ecommerce.orders.authentication.AuthenticationConfiguration;
import com.ecommerce.orders.http.HttpConfiguration;
import com.ecommerce.orders.order.OrderConfiguration;
import com.ecommerce.orders.postgres.PostgresConfiguration;
import com.ecommerce.orders.startup.FeatureConfiguration;
import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.core.env.Environment;

/** Registers the beans that all artifacts have. Each adapter's main class adds the beans of the adapter. */
public final class CoreConfiguration implements BeanRegistrar {

    @Override
    public void register(BeanRegistry registry, Environment environment) {
        registry.register(new OrderConfiguration());
        registry.register(new OperationConfiguration());
        registry.register(new AuthenticationConfiguration());
        registry.register(new HttpConfiguration());
        registry.register(new PostgresConfiguration());
        registry.register(new FeatureConfiguration());
    }
}
