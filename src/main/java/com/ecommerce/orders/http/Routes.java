package com.ecommerce.orders.http;

import com.ecommerce.orders.order.Operation;
import com.ecommerce.orders.order.OrderRequest;
import com.ecommerce.orders.order.OrderResponse;
import java.util.List;
import java.util.function.Function;

/** The table of all routes that every platform has. */
final class Routes {

    private Routes() {}

    /**
     * Returns the routes of all operations.
     *
     * @param functions returns the function bean of an operation; called with the operation's first request
     */
    static List<Route> ofOperations(Function<Operation, Function<OrderRequest, OrderResponse>> functions) {
        return List.of(
                new Route("POST", "/orders", new OperationEndpoint(Operation.CREATE_ORDER, functions)),
                new Route("GET", "/orders", new OperationEndpoint(Operation.LIST_ORDERS, functions)),
                new Route("GET", "/orders/{orderId}", new OperationEndpoint(Operation.GET_ORDER, functions)),
                new Route("PATCH", "/orders/{orderId}", new OperationEndpoint(Operation.UPDATE_ORDER, functions)),
                new Route(
                        "POST", "/orders/{orderId}/confirm", new OperationEndpoint(Operation.CONFIRM_ORDER, functions)),
                new Route(
                        "POST",
                        "/orders/{orderId}/complete",
                        new OperationEndpoint(Operation.COMPLETE_ORDER, functions)),
                new Route("POST", "/orders/{orderId}/cancel", new OperationEndpoint(Operation.CANCEL_ORDER, functions)),
                new Route(
                        "GET",
                        "/orders/{orderId}/events",
                        new OperationEndpoint(Operation.LIST_ORDER_EVENTS, functions)));
    }

    /** Returns the routes that need no credential. */
    static List<Route> open(ReadyEndpoint ready, OpenApiEndpoint openApi) {
        return List.of(
                new Route("GET", "/health", new HealthEndpoint()),
                new Route("GET", "/ready", ready),
                new Route("GET", "/openapi.json", openApi),
                new Route("GET", "/problems/{" + ProblemPageEndpoint.CODE + "}", new ProblemPageEndpoint()));
    }
}
