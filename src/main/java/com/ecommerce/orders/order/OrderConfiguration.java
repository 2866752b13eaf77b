package com.ecommerce.orders.order;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The order functions, under the names by which platforms and tools know them. */
@Configuration(proxyBeanMethods = false)
class OrderConfiguration {

    @Bean
    IdGenerator idGenerator() {
        return idGenerator(new SecureRandom());
    }

    static IdGenerator idGenerator(Random random) {
        return new IdGenerator(version7(random), () -> version7(seededNow()));
    }

    private static Supplier<UUID> version7(Random random) {
        NoArgGenerator generator = Generators.timeBasedEpochRandomGenerator(random);
        return generator::generate;
    }

    /** The default one of most platforms draws from a pool that all of a process share, snapshots included. */
    private static SecureRandom seededNow() {
        try {
            return SecureRandom.getInstance("DRBG");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has DRBG", e);
        }
    }

    @Bean
    OrderFunctions orderFunctions(
            Orders orders, OrderFormat format, IdGenerator ids, ObjectProvider<DocumentCache> cache) {
        return new OrderFunctions(new OrderService(
                orders, format, Clock.systemUTC(), ids, cache.getIfAvailable(() -> DocumentCache.NONE)));
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
