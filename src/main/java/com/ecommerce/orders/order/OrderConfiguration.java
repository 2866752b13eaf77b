package com.ecommerce.orders.order;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import com.fasterxml.uuid.UUIDClock;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.beans.factory.BeanRegistry.SupplierContext;
import org.springframework.core.env.Environment;

/** Registers the beans that the functions of this package share. */
public final class OrderConfiguration implements BeanRegistrar {

    private static final Duration MAX_WAIT_FOR_KEY = Duration.ofSeconds(3);

    @Override
    public void register(BeanRegistry registry, Environment environment) {
        // One clock for the times of orders, the ids and the tokens.
        register(registry, "clock", Clock.class, context -> Clock.systemUTC());
        register(
                registry,
                "idGenerator",
                IdGenerator.class,
                context -> idGenerator(new SecureRandom(), context.bean(Clock.class)));
        registerLazily(
                registry, "idempotencyLock", IdempotencyLock.class, context -> new IdempotencyLock(MAX_WAIT_FOR_KEY));
        registerLazily(registry, "idempotentWrites", IdempotentWrites.class, OrderConfiguration::idempotentWrites);
        registerLazily(registry, "optimisticUpdate", OptimisticUpdate.class, OrderConfiguration::optimisticUpdate);
    }

    private static <T> void register(
            BeanRegistry registry, String name, Class<T> type, Function<SupplierContext, T> supplier) {
        registry.registerBean(name, type, bean -> bean.supplier(supplier));
    }

    private static <T> void registerLazily(
            BeanRegistry registry, String name, Class<T> type, Function<SupplierContext, T> supplier) {
        registry.registerBean(name, type, bean -> bean.lazyInit().supplier(supplier));
    }

    private static IdempotentWrites idempotentWrites(SupplierContext context) {
        return new IdempotentWrites(
                context.bean(OrderSerializer.class),
                context.bean(Clock.class),
                context.bean(IdGenerator.class),
                OrderFunctions.cache(context),
                context.bean(IdempotencyLock.class));
    }

    private static OptimisticUpdate optimisticUpdate(SupplierContext context) {
        return new OptimisticUpdate(
                context.bean(Orders.class), context.bean(OrderSerializer.class), context.bean(IdempotentWrites.class));
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

    /** Returns a newly seeded generator. Most default generators read from a pool that is part of a memory snapshot. */
    private static SecureRandom seededNow() {
        try {
            return SecureRandom.getInstance("DRBG");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has DRBG", e);
        }
    }
}
