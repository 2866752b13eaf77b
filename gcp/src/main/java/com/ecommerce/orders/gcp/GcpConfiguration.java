package com.ecommerce.orders.gcp;

import com.ecommerce.orders.http.OrderApi;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.Environment;

/** Binds the API to the requests of Google's invoker. */
@Configuration(proxyBeanMethods = false)
@Profile("gcp")
class GcpConfiguration {

    @Bean
    GcpRequestMapper invokerFunction(OrderApi orderApi, Environment environment) {
        return new GcpRequestMapper(orderApi, GcpGatewayClaims.of(environment));
    }
}
