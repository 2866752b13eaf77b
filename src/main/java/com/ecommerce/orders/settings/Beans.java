package com.ecommerce.orders.settings;

import java.util.function.Function;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.beans.factory.BeanRegistry.SupplierContext;

/** Registers beans, each by the function that makes it. */
public final class Beans {

    private final BeanRegistry registry;

    public Beans(BeanRegistry registry) {
        this.registry = registry;
    }

    /** Has {@code supplier} make the one bean of this name when it is first asked for. */
    public <T> Beans add(String name, Class<T> type, Function<SupplierContext, T> supplier) {
        registry.registerBean(name, type, bean -> bean.supplier(supplier));
        return this;
    }
}
