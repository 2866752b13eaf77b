package com.ecommerce.orders.aws.snapstart;

import com.ecommerce.orders.operation.Operation;
import com.ecommerce.orders.operation.OrderRequest;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.order.IdGenerator;
import com.ecommerce.orders.settings.Setting;
import com.zaxxer.hikari.HikariDataSource;
import java.io.InputStream;
import java.util.function.Function;
import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.beans.factory.BeanRegistry.SupplierContext;
import org.springframework.core.env.Environment;

/** The bean with the hooks around a snapshot. It exists only if Lambda starts this process to make a snapshot. */
public final class SnapStartConfiguration implements BeanRegistrar {

    private final String handler;

    /** @param handler the name of the bean that receives the events of API Gateway */
    public SnapStartConfiguration(String handler) {
        this.handler = handler;
    }

    @Override
    public void register(BeanRegistry registry, Environment environment) {
        if ("snap-start".equals(environment.getProperty(Setting.AWS_LAMBDA_INITIALIZATION_TYPE.property()))) {
            registry.registerBean("snapStart", SnapStart.class, spec -> spec.supplier(this::snapStart));
        }
    }

    @SuppressWarnings("unchecked")
    private SnapStart snapStart(SupplierContext context) {
        Function<InputStream, ?> apiGateway = context.bean(handler, Function.class);
        Function<OrderRequest, OrderResponse> createOrder = context.bean(Operation.CREATE_ORDER.bean(), Function.class);
        return new SnapStart(
                        context.bean(HikariDataSource.class),
                        context.bean(IdGenerator.class),
                        new Priming(apiGateway, createOrder))
                .register();
    }
}
