package com.ecommerce.orders.http;

import com.ecommerce.orders.operation.Operation;
import com.ecommerce.orders.operation.OrderRequest;
import com.ecommerce.orders.operation.OrderResponse;
import java.util.List;
import java.util.function.Function;

/** The table of the routes that all platforms have. */
final class Routes {

    private Routes() {}

    /**
     * Returns the routes of all operations.
     *
     * @param functions returns the function bean of an operation; called with the operation's first request
     */
    static List<Route> ofOperations(Function<Operation, Function<OrderRequest, OrderResponse>> functions) {
        return List.of(
                route("POST", "/orders", Operation.CREATE_ORDER, functions),
                route("GET", "/orders", Operation.LIST_ORDERS, functions),
                route("GET", "/orders/{orderId}", Operation.GET_ORDER, functions),
                route("PATCH", "/orders/{orderId}", Operation.UPDATE_ORDER, functions),
                route("POST", "/orders/{orderId}/confirm", Operation.CONFIRM_ORDER, functions),
                route("POST", "/orders/{orderId}/complete", Operation.COMPLETE_ORDER, functions),
                route("POST", "/orders/{orderId}/cancel", Operation.CANCEL_ORDER, functions),
                route("GET", "/orders/{orderId}/events", Operation.LIST_ORDER_EVENTS, functions),
                route("GET", "/events", Operation.LIST_EVENTS, functions),
                route("POST", "/orders/{orderId}/transactions", Operation.RECORD_TRANSACTION, functions),
                route("GET", "/orders/{orderId}/transactions", Operation.LIST_TRANSACTIONS, functions),
                route("GET", "/orders/{orderId}/transactions/{transactionId}", Operation.GET_TRANSACTION, functions),
                route(
                        "POST",
                        "/orders/{orderId}/transactions/{transactionId}/settle",
                        Operation.SETTLE_TRANSACTION,
                        functions),
                route("GET", "/transactions", Operation.FIND_TRANSACTIONS, functions),
                route("POST", "/orders/{orderId}/fulfillments", Operation.CREATE_FULFILLMENT, functions),
                route("GET", "/orders/{orderId}/fulfillments", Operation.LIST_FULFILLMENTS, functions),
                route("GET", "/orders/{orderId}/fulfillments/{fulfillmentId}", Operation.GET_FULFILLMENT, functions),
                route(
                        "PATCH",
                        "/orders/{orderId}/fulfillments/{fulfillmentId}",
                        Operation.UPDATE_FULFILLMENT,
                        functions),
                route(
                        "POST",
                        "/orders/{orderId}/fulfillments/{fulfillmentId}/deliver",
                        Operation.DELIVER_FULFILLMENT,
                        functions),
                route(
                        "POST",
                        "/orders/{orderId}/fulfillments/{fulfillmentId}/cancel",
                        Operation.CANCEL_FULFILLMENT,
                        functions),
                route("POST", "/orders/{orderId}/cancellations", Operation.CANCEL_ITEMS, functions),
                route("GET", "/orders/{orderId}/cancellations", Operation.LIST_CANCELLATIONS, functions),
                route("GET", "/orders/{orderId}/cancellations/{cancellationId}", Operation.GET_CANCELLATION, functions),
                route("POST", "/orders/{orderId}/returns", Operation.CREATE_RETURN, functions),
                route("GET", "/orders/{orderId}/returns", Operation.LIST_RETURNS, functions),
                route("GET", "/orders/{orderId}/returns/{returnId}", Operation.GET_RETURN, functions),
                route("POST", "/orders/{orderId}/returns/{returnId}/receive", Operation.RECEIVE_RETURN, functions),
                route("POST", "/orders/{orderId}/returns/{returnId}/close", Operation.CLOSE_RETURN, functions),
                route("POST", "/orders/{orderId}/returns/{returnId}/cancel", Operation.CANCEL_RETURN, functions));
    }

    private static Route route(
            String method,
            String template,
            Operation operation,
            Function<Operation, Function<OrderRequest, OrderResponse>> functions) {
        return new Route(method, template, new OperationEndpoint(operation, functions));
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
