package com.ecommerce.orders.event;

import com.ecommerce.orders.operation.Operation;
import com.ecommerce.orders.operation.OrderRequest;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.operation.SecuredOperation;
import java.util.function.Function;
import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.env.Environment;

/** Registers the functions of the event log under their bean names. */
public final class EventConfiguration implements BeanRegistrar {

    @Override
    public void register(BeanRegistry registry, Environment environment) {
        ParameterizedTypeReference<Function<OrderRequest, OrderResponse>> function =
                new ParameterizedTypeReference<>() {};
        registry.registerBean(Operation.LIST_EVENTS.bean(), function, bean -> bean.lazyInit()
                .supplier(context -> new SecuredOperation(
                        Operation.LIST_EVENTS,
                        new ListEvents(context.bean(EventFeed.class), context.bean(EventSerializer.class)))));
    }
}
