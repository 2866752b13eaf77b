package com.ecommerce.orders.http;

import com.ecommerce.orders.json.OrderWriter;
import com.ecommerce.orders.order.Operation;
import com.ecommerce.orders.order.OrderFormat;
import com.ecommerce.orders.order.OrderRequest;
import com.ecommerce.orders.order.OrderResponse;
import com.ecommerce.orders.order.Readiness;
import com.ecommerce.orders.settings.SettingException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The API as one function, {@code orderApi}, of all routes that the core and the adapter have. */
@Configuration(proxyBeanMethods = false)
class HttpConfiguration {

    @Bean
    OrderFormat orderFormat() {
        return new OrderWriter();
    }

    @Bean
    OrderApi orderApi(
            Map<String, Function<OrderRequest, OrderResponse>> functions,
            Readiness readiness,
            Authenticator authenticator,
            ObjectProvider<Route> adapterRoutes,
            ObjectProvider<RequestObserver> observer,
            Environment environment) {
        List<Route> routes = new ArrayList<>(orderRoutes(functions));
        routes.add(new Route("GET", "/health", new HealthEndpoint()));
        routes.add(new Route("GET", "/ready", new ReadyEndpoint(readiness)));
        routes.add(new Route("GET", "/openapi.json", new OpenApiEndpoint()));
        adapterRoutes.forEach(routes::add);
        return new OrderApi(
                new Router(routes),
                authenticator,
                new Cors(allowedOrigins(environment)),
                observer.getIfAvailable(() -> RequestObserver.NOBODY));
    }

    private static Set<String> allowedOrigins(Environment environment) {
        return Binder.get(environment)
                .bind("orders.cors.origins", Bindable.setOf(String.class))
                .orElseGet(Set::of);
    }

    private static List<Route> orderRoutes(Map<String, Function<OrderRequest, OrderResponse>> functions) {
        return List.of(
                route("POST", "/orders", Operation.CREATE, functions),
                route("GET", "/orders", Operation.LIST, functions),
                route("GET", "/orders/*", Operation.GET, functions),
                route("PATCH", "/orders/*", Operation.UPDATE, functions),
                route("POST", "/orders/*/confirm", Operation.CONFIRM, functions),
                route("POST", "/orders/*/complete", Operation.COMPLETE, functions),
                route("POST", "/orders/*/cancel", Operation.CANCEL, functions),
                route("GET", "/orders/*/events", Operation.EVENTS, functions));
    }

    private static Route route(
            String method,
            String path,
            Operation operation,
            Map<String, Function<OrderRequest, OrderResponse>> functions) {
        Function<OrderRequest, OrderResponse> function = functions.get(operation.bean());
        if (function == null) {
            throw new IllegalStateException("There is no function bean " + operation.bean());
        }
        return new Route(method, path, new OperationEndpoint(operation, function));
    }

    @Bean
    Authenticator authenticator(Environment environment) {
        IdentitySettings settings = settings(environment);
        settings.check();
        CallerReader callers = new CallerReader(settings);
        return settings.mode() == IdentitySettings.Mode.GATEWAY
                ? new GatewayAuthenticator(callers)
                : new JwtAuthenticator(settings, callers, Clock.systemUTC());
    }

    private static IdentitySettings settings(Environment environment) {
        try {
            return Binder.get(environment).bindOrCreate("orders.identity", Bindable.of(IdentitySettings.class));
        } catch (BindException e) {
            throw new SettingException("The setting " + e.getName()
                    + " can't be read; orders.identity.mode must be jwt or gateway, and lists"
                    + " are separated by commas, for example ORDERS_IDENTITY_MODE=jwt");
        }
    }
}
