package com.ecommerce.orders.aws;

import com.ecommerce.orders.http.ApiRequest;
import com.ecommerce.orders.http.ApiResponse;
import com.ecommerce.orders.order.IdGenerator;
import com.ecommerce.orders.order.OrderRequest;
import com.ecommerce.orders.order.OrderResponse;
import com.zaxxer.hikari.HikariDataSource;
import java.io.InputStream;
import java.util.function.Function;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.cloud.function.json.JsonMapper;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** Binds the API to Lambda behind API Gateway. */
@Configuration(proxyBeanMethods = false)
@Profile("aws")
class AwsConfiguration {

    @Bean
    static UnusedAdapterBeans unusedAdapterBeans() {
        return new UnusedAdapterBeans();
    }

    @Bean
    JsonMapper noBinding() {
        return new NoBinding();
    }

    @Bean
    Function<InputStream, byte[]> apiGateway(Function<ApiRequest, ApiResponse> orderApi) {
        return new ApiGatewayFunction(orderApi);
    }

    @Bean
    SnapStart snapStart(
            HikariDataSource dataSource,
            IdGenerator ids,
            @Qualifier("apiGateway") Function<InputStream, byte[]> apiGateway,
            @Qualifier("createOrder") Function<OrderRequest, OrderResponse> createOrder) {
        return new SnapStart(dataSource, ids, new Priming(apiGateway, createOrder)).register();
    }
}
