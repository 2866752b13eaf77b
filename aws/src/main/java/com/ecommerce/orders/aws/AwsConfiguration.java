package com.ecommerce.orders.aws;

import com.ecommerce.orders.http.ApiRequest;
import com.ecommerce.orders.http.ApiResponse;
import java.io.InputStream;
import java.util.function.Function;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** Binds the API to Lambda behind API Gateway. */
@Configuration(proxyBeanMethods = false)
@Profile("aws")
class AwsConfiguration {

    @Bean
    Function<InputStream, byte[]> apiGateway(Function<ApiRequest, ApiResponse> orderApi) {
        return new ApiGatewayFunction(orderApi);
    }
}
