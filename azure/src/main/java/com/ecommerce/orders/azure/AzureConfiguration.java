package com.ecommerce.orders.azure;

import com.ecommerce.orders.http.ApiRequest;
import com.ecommerce.orders.http.ApiResponse;
import com.ecommerce.orders.settings.OrdersSettings;
import java.util.function.Function;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.Environment;

/** The beans that connect the API to Azure's Java worker. */
@Configuration(proxyBeanMethods = false)
@Profile("azure")
class AzureConfiguration {

    /**
     * Returns the handler. The worker asks for the handler at every invocation. If that fails once, the worker closes the
     * context for all later requests. So the handler exists from the start and gets the API only when a request needs it.
     */
    @Bean
    @Lazy(false)
    AzureHandler azureHandler(
            ObjectProvider<Function<ApiRequest, ApiResponse>> orderApi,
            ObjectProvider<OrdersSettings> settings,
            Environment environment) {
        return new AzureHandler(orderApi::getObject, AppServiceAuthentication.of(environment, () -> settings.getObject()
                .identity()
                .mode()));
    }
}
