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

/** Binds the API to Azure's Java worker. */
@Configuration(proxyBeanMethods = false)
@Profile("azure")
class AzureConfiguration {

    /**
     * The worker asks for it on every invocation, and the asking must never fail: one failure closes the context of
     * all requests to come. So it exists from the start and gets the API only when a request needs it.
     */
    @Bean
    @Lazy(false)
    AzureHandler azureHandler(
            ObjectProvider<Function<ApiRequest, ApiResponse>> orderApi,
            ObjectProvider<OrdersSettings> settings,
            Environment environment) {
        return new AzureHandler(
                orderApi::getObject,
                EasyAuth.of(environment, () -> settings.getObject().identity().mode()));
    }
}
