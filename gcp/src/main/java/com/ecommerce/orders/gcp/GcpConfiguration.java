package com.ecommerce.orders.gcp;

import com.ecommerce.orders.http.ApiRequest;
import com.ecommerce.orders.http.ApiResponse;
import com.ecommerce.orders.settings.OrdersSettings;
import com.google.cloud.functions.HttpRequest;
import java.util.function.Function;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** The beans that connect the API to Google's invoker. */
@Configuration(proxyBeanMethods = false)
@Profile("gcp")
class GcpConfiguration {

    @Bean
    GcpRequestMapper gcpRequestMapper(OrdersSettings settings) {
        return new GcpRequestMapper(new GcpGatewayClaims(settings.identity().gatewayHeader()));
    }

    @Bean
    Function<HttpRequest, ApiResponse> invokerFunction(
            Function<ApiRequest, ApiResponse> orderApi, GcpRequestMapper requestMapper) {
        return orderApi.compose(requestMapper::read);
    }
}
