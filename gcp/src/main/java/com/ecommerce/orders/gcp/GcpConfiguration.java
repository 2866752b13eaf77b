package com.ecommerce.orders.gcp;

import com.ecommerce.orders.http.OrderApi;
import com.ecommerce.orders.settings.OrdersSettings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** Binds the API to the requests of Google's invoker. */
@Configuration(proxyBeanMethods = false)
@Profile("gcp")
class GcpConfiguration {

    @Bean
    GcpRequestMapper invokerFunction(OrderApi orderApi, OrdersSettings settings) {
        return new GcpRequestMapper(
                orderApi, new GcpGatewayClaims(settings.identity().gatewayHeader()));
    }
}
