package com.ecommerce.orders.order;

import com.ecommerce.orders.operation.Operation;
import com.ecommerce.orders.operation.OrderRequest;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.operation.SecuredOperation;
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
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.env.Environment;

/** Registers the order functions under their bean names, and the beans that the functions share. */
public final class OrderConfiguration implements BeanRegistrar {

    private static final Duration MAX_WAIT_FOR_KEY = Duration.ofSeconds(3);
    private static final ParameterizedTypeReference<Function<OrderRequest, OrderResponse>> FUNCTION =
            new ParameterizedTypeReference<>() {};

    @Override
    public void register(BeanRegistry registry, Environment environment) {
        // One clock for the times of orders, the ids and the tokens.
        registry.registerBean("clock", Clock.class, bean -> bean.supplier(context -> Clock.systemUTC()));
        registry.registerBean(
                "idGenerator",
                IdGenerator.class,
                bean -> bean.supplier(context -> idGenerator(new SecureRandom(), context.bean(Clock.class))));
        registry.registerBean("idempotencyLock", IdempotencyLock.class, bean -> bean.lazyInit()
                .supplier(context -> new IdempotencyLock(MAX_WAIT_FOR_KEY)));
        registry.registerBean(
                "ledgerWrites", LedgerWrites.class, bean -> bean.lazyInit().supplier(OrderConfiguration::ledgerWrites));
        registry.registerBean("idempotentWrites", IdempotentWrites.class, bean -> bean.lazyInit()
                .supplier(OrderConfiguration::idempotentWrites));
        registry.registerBean("optimisticUpdate", OptimisticUpdate.class, bean -> bean.lazyInit()
                .supplier(OrderConfiguration::optimisticUpdate));
        // A function is created when it is first looked up. Other operations add nothing to a cold start.
        for (Operation operation : Operation.values()) {
            // The packages event and payment register their own functions.
            if (operation.compareTo(Operation.LIST_EVENTS) < 0) {
                registry.registerBean(operation.bean(), FUNCTION, bean -> bean.lazyInit()
                        .supplier(context -> new SecuredOperation(operation, function(operation, context))));
            }
        }
    }

    private static Function<OrderRequest, OrderResponse> function(Operation operation, SupplierContext context) {
        return switch (operation) {
            case CREATE_ORDER ->
                new CreateOrder(
                        context.bean(Orders.class),
                        context.bean(OrderSerializer.class),
                        context.bean(IdGenerator.class),
                        context.bean(IdempotentWrites.class));
            case GET_ORDER ->
                new GetOrder(context.bean(Orders.class), context.bean(OrderSerializer.class), cache(context));
            case LIST_ORDERS -> new ListOrders(context.bean(Orders.class), context.bean(OrderSerializer.class));
            case UPDATE_ORDER -> new UpdateOrder(context.bean(OptimisticUpdate.class));
            case CONFIRM_ORDER -> new ConfirmOrder(context.bean(OptimisticUpdate.class));
            case COMPLETE_ORDER -> new CompleteOrder(context.bean(OptimisticUpdate.class));
            case CANCEL_ORDER -> new CancelOrder(context.bean(OptimisticUpdate.class));
            case LIST_ORDER_EVENTS ->
                new ListOrderEvents(context.bean(Orders.class), context.bean(OrderSerializer.class));
            default -> throw new IllegalArgumentException("Another package has this function");
        };
    }

    private static IdempotentWrites idempotentWrites(SupplierContext context) {
        return new IdempotentWrites(
                context.bean(OrderSerializer.class),
                context.bean(Clock.class),
                context.bean(IdGenerator.class),
                cache(context),
                context.bean(IdempotencyLock.class));
    }

    private static LedgerWrites ledgerWrites(SupplierContext context) {
        return new LedgerWrites(
                context.bean(Clock.class),
                context.bean(IdGenerator.class),
                cache(context),
                context.bean(IdempotencyLock.class));
    }

    private static OptimisticUpdate optimisticUpdate(SupplierContext context) {
        return new OptimisticUpdate(
                context.bean(Orders.class), context.bean(OrderSerializer.class), context.bean(IdempotentWrites.class));
    }

    private static DocumentCache cache(SupplierContext context) {
        DocumentCache cache = context.beanProvider(DocumentCache.class).getIfAvailable();
        return cache == null ? DocumentCache.NONE : cache;
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
