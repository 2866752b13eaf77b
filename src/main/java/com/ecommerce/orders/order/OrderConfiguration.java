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
        registry.registerBean(
                "idGenerator", IdGenerator.class, bean -> bean.supplier(context -> idGenerator(new SecureRandom())));
        registry.registerBean(
                "orderFunctions", OrderFunctions.class, bean -> bean.supplier(OrderConfiguration::orderFunctions));
        for (Operation operation : Operation.values()) {
            registry.registerBean(
                    operation.bean(),
                    FUNCTION,
                    bean -> bean.supplier(
                            context -> context.bean(OrderFunctions.class).of(operation)));
        }
    }

    private static OrderFunctions orderFunctions(SupplierContext context) {
        return new OrderFunctions(new OrderService(
                context.bean(Orders.class),
                context.bean(OrderFormat.class),
                Clock.systemUTC(),
                context.bean(IdGenerator.class)));
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
}
