package com.ecommerce.orders.order;

import com.ecommerce.orders.beans.Beans;
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
import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.beans.factory.BeanRegistry.SupplierContext;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.env.Environment;

/** The order functions, under the names by which platforms and tools know them. */
public final class OrderConfiguration implements BeanRegistrar {

    private static final ParameterizedTypeReference<Function<OrderRequest, OrderResponse>> FUNCTION =
            new ParameterizedTypeReference<>() {};

    @Override
    public void register(BeanRegistry registry, Environment environment) {
        new Beans(registry)
                // The one clock of all: of orders, of their ids and of tokens.
                .add("clock", Clock.class, context -> Clock.systemUTC())
                .add(
                        "idGenerator",
                        IdGenerator.class,
                        context -> idGenerator(new SecureRandom(), context.bean(Clock.class)))
                .add("orderFunctions", OrderFunctions.class, OrderConfiguration::orderFunctions);
        for (Operation operation : Operation.values()) {
            registry.registerBean(
                    operation.bean(),
                    FUNCTION,
                    bean -> bean.supplier(
                            context -> context.bean(OrderFunctions.class).of(operation)));
        }
    }

    private static OrderFunctions orderFunctions(SupplierContext context) {
        DocumentCache cache = context.beanProvider(DocumentCache.class).getIfAvailable();
        return new OrderFunctions(new OrderService(
                context.bean(Orders.class),
                context.bean(OrderSerializer.class),
                context.bean(Clock.class),
                context.bean(IdGenerator.class),
                cache == null ? DocumentCache.NONE : cache));
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
}
