package com.ecommerce.orders.order;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import com.fasterxml.uuid.UUIDClock;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The order functions, under the names by which platforms and tools know them. */
@Configuration(proxyBeanMethods = false)
class OrderConfiguration {

    /** The one clock of all: of orders, of their ids and of tokens. */
    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    IdGenerator idGenerator(Clock clock) {
        return idGenerator(new SecureRandom(), clock);
    }

    static IdGenerator idGenerator(Random random, Clock clock) {
        UUIDClock time = new UUIDClock() {
            @Override
            public long currentTimeMillis() {
                return clock.millis();
            }
        };
        return new IdGenerator(version7(random, time), () -> version7(seededNow(), time));
    }

    private static Supplier<UUID> version7(Random random, UUIDClock time) {
        NoArgGenerator generator = Generators.timeBasedEpochRandomGenerator(random, time);
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
    OrderFunctions orderFunctions(Orders orders, OrderFormat format, Clock clock, IdGenerator ids) {
        return new OrderFunctions(new OrderService(orders, format, clock, ids));
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
