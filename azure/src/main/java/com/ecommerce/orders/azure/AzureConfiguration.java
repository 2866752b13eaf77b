package com.ecommerce.orders.azure;

import com.ecommerce.orders.http.OrderApi;
import com.ecommerce.orders.settings.OrdersSettings;
import com.ecommerce.orders.startup.JsonLogging;
import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.beans.factory.BeanRegistry.SupplierContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.util.function.SingletonSupplier;

/** The bean that connects the API to Azure's Java worker. */
final class AzureConfiguration implements BeanRegistrar {

    @Override
    public void register(BeanRegistry registry, Environment environment) {
        registry.registerBean(
                "azureHandler", AzureHandler.class, spec -> spec.supplier(context -> handler(context, environment)));
    }

    /**
     * Returns the handler. The worker asks for the handler at every invocation. If that fails once, the worker closes the
     * context for all later requests. So the handler exists from the start and gets the API only when a request needs it.
     */
    private static AzureHandler handler(SupplierContext context, Environment environment) {
        return new AzureHandler(
                SingletonSupplier.of(() -> {
                    JsonLogging.check("Azure Functions", (ConfigurableEnvironment) environment);
                    return context.bean(OrderApi.class);
                }),
                AppServiceAuthentication.of(
                        environment,
                        () -> context.bean(OrdersSettings.class).identity().mode()));
    }
}
