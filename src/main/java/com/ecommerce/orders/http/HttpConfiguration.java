package com.ecommerce.orders.http;

import com.ecommerce.orders.json.JsonOrderSerializer;
import com.ecommerce.orders.operation.Operation;
import com.ecommerce.orders.operation.OrderRequest;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.order.OrderSerializer;
import com.ecommerce.orders.order.Readiness;
import com.ecommerce.orders.settings.OrdersSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.beans.factory.BeanRegistry.SupplierContext;
import org.springframework.core.env.Environment;

/** Registers the API as one function, {@code orderApi}. An adapter may add one more route. */
public final class HttpConfiguration implements BeanRegistrar {

    @Override
    public void register(BeanRegistry registry, Environment environment) {
        registry.registerBean(
                "settings", OrdersSettings.class, bean -> bean.supplier(context -> OrdersSettings.of(environment)));
        registry.registerBean("basePath", BasePath.class, bean -> bean.supplier(HttpConfiguration::basePath));
        registry.registerBean(
                "orderSerializer", OrderSerializer.class, bean -> bean.supplier(context -> new JsonOrderSerializer()));
        registry.registerBean("orderApi", OrderApi.class, bean -> bean.supplier(HttpConfiguration::orderApi));
    }

    private static OrderApi orderApi(SupplierContext context) {
        // The settings come first: a wrong setting stops the start before slower work begins.
        OrdersSettings settings = context.bean(OrdersSettings.class);
        Authenticator authenticator = context.bean(Authenticator.class);
        BasePath basePath = context.bean(BasePath.class);
        List<Route> routes = new ArrayList<>(Routes.ofOperations(operation -> function(operation, context)));
        routes.addAll(Routes.open(new ReadyEndpoint(context.bean(Readiness.class)), new OpenApiEndpoint(basePath)));
        Route ofAdapter = context.beanProvider(Route.class).getIfAvailable();
        if (ofAdapter != null) {
            routes.add(ofAdapter);
        }
        RequestObserver observer = context.beanProvider(RequestObserver.class).getIfAvailable();
        return new OrderApi(
                new Router(routes),
                authenticator,
                new Cors(Set.copyOf(settings.http().corsOrigins())),
                observer == null ? RequestObserver.NONE : observer,
                basePath);
    }

    private static BasePath basePath(SupplierContext context) {
        String path = context.bean(OrdersSettings.class).http().basePath();
        return path == null ? BasePath.ROOT : new BasePath(path);
    }

    @SuppressWarnings("unchecked")
    private static Function<OrderRequest, OrderResponse> function(Operation operation, SupplierContext context) {
        return context.bean(operation.bean(), Function.class);
    }
}
