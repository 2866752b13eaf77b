package com.ecommerce.orders.order;

import java.time.Clock;
import java.util.function.Function;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The order functions, under the names by which platforms and tools know them. */
@Configuration(proxyBeanMethods = false)
class OrderConfiguration {

    @Bean
    IdGenerator idGenerator() {
        return new IdGenerator();
    }

    @Bean
    OrderFunctions orderFunctions(Orders orders, OrderFormat format, IdGenerator ids) {
        return new OrderFunctions(new OrderService(orders, format, Clock.systemUTC(), ids));
    }

    @Bean
    Function<OrderRequest, OrderResponse> createOrder(OrderFunctions functions) {
        return functions.of(Operation.CREATE);
    }

    @Bean
    Function<OrderRequest, OrderResponse> getOrder(OrderFunctions functions) {
        return functions.of(Operation.GET);
    }

    @Bean
    Function<OrderRequest, OrderResponse> listOrders(OrderFunctions functions) {
        return functions.of(Operation.LIST);
    }

    @Bean
    Function<OrderRequest, OrderResponse> updateOrder(OrderFunctions functions) {
        return functions.of(Operation.UPDATE);
    }

    @Bean
    Function<OrderRequest, OrderResponse> confirmOrder(OrderFunctions functions) {
        return functions.of(Operation.CONFIRM);
    }

    @Bean
    Function<OrderRequest, OrderResponse> completeOrder(OrderFunctions functions) {
        return functions.of(Operation.COMPLETE);
    }

    @Bean
    Function<OrderRequest, OrderResponse> cancelOrder(OrderFunctions functions) {
        return functions.of(Operation.CANCEL);
    }

    @Bean
    Function<OrderRequest, OrderResponse> listOrderEvents(OrderFunctions functions) {
        return functions.of(Operation.EVENTS);
    }
}
