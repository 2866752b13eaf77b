package com.ecommerce.orders.http;

import com.ecommerce.orders.beans.Beans;
import com.ecommerce.orders.json.JsonOrderSerializer;
import com.ecommerce.orders.order.Operation;
import com.ecommerce.orders.order.OrderRequest;
import com.ecommerce.orders.order.OrderResponse;
import com.ecommerce.orders.order.OrderSerializer;
import com.ecommerce.orders.order.Readiness;
import com.ecommerce.orders.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.beans.factory.BeanRegistry.SupplierContext;
import org.springframework.core.env.Environment;

/** The API as one function, {@code orderApi}, of the core's routes and the one that an adapter may have. */
public final class HttpConfiguration implements BeanRegistrar {

    @Override
    public void register(BeanRegistry registry, Environment environment) {
        new Beans(registry)
                .add("settings", Settings.class, context -> Settings.of(environment))
                .add("basePath", BasePath.class, HttpConfiguration::basePath)
                .add("orderFormat", OrderSerializer.class, context -> new JsonOrderSerializer())
                .add("orderApi", OrderApi.class, HttpConfiguration::orderApi);
    }

    private static OrderApi orderApi(SupplierContext context) {
        // Before anything that takes longer: a wrong setting is to stop the start at once.
        Settings settings = context.bean(Settings.class);
        Authenticator authenticator = context.bean(Authenticator.class);
        BasePath basePath = context.bean(BasePath.class);
        List<Route> routes = new ArrayList<>(orderRoutes(context));
        routes.add(new Route("GET", "/health", new HealthEndpoint()));
        routes.add(new Route("GET", "/ready", new ReadyEndpoint(context.bean(Readiness.class))));
        routes.add(new Route("GET", "/openapi.json", new OpenApiEndpoint(basePath)));
        Route ofAdapter = context.beanProvider(Route.class).getIfAvailable();
        if (ofAdapter != null) {
            routes.add(ofAdapter);
        }
        RequestObserver observer = context.beanProvider(RequestObserver.class).getIfAvailable();
        return new OrderApi(
                new Router(routes),
                authenticator,
                new Cors(Set.copyOf(settings.list("orders.cors.origins", List.of(), "https://shop.example"))),
                observer == null ? RequestObserver.NOBODY : observer,
                basePath);
    }

    private static BasePath basePath(SupplierContext context) {
        String path = context.bean(Settings.class).text("orders.http.base-path", "/shop");
        return path == null ? BasePath.ROOT : new BasePath(path);
    }

    private static List<Route> orderRoutes(SupplierContext context) {
        return List.of(
                route("POST", "/orders", Operation.CREATE, context),
                route("GET", "/orders", Operation.LIST, context),
                route("GET", "/orders/{orderId}", Operation.GET, context),
                route("PATCH", "/orders/{orderId}", Operation.UPDATE, context),
                route("POST", "/orders/{orderId}/confirm", Operation.CONFIRM, context),
                route("POST", "/orders/{orderId}/complete", Operation.COMPLETE, context),
                route("POST", "/orders/{orderId}/cancel", Operation.CANCEL, context),
                route("GET", "/orders/{orderId}/events", Operation.EVENTS, context));
    }

    @SuppressWarnings("unchecked")
    private static Route route(String method, String template, Operation operation, SupplierContext context) {
        Function<OrderRequest, OrderResponse> function = context.bean(operation.bean(), Function.class);
        return new Route(method, template, new OperationEndpoint(operation, function));
    }
}
