package com.ecommerce.orders.beans;

import java.util.function.Function;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.beans.factory.BeanRegistry.SupplierContext;

/** Registers beans, each by the function that makes it: one object for all of them, where lambdas would be one each. */
public final class Beans {

    private final BeanRegistry registry;

    public Beans(BeanRegistry registry) {
        this.registry = registry;
    }

    /** Has {@code maker} make the one bean of this name, when the context starts or another one's maker asks for it. */
    public <T> Beans add(String name, Class<T> type, Function<SupplierContext, T> maker) {
        registry.registerBean(name, type, bean -> bean.supplier(maker));
        return this;
    }
}
