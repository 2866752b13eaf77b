package com.ecommerce.orders.http;

import com.ecommerce.orders.operation.Operation;
import com.ecommerce.orders.operation.OrderRequest;
import com.ecommerce.orders.operation.OrderResponse;
import java.util.List;
import java.util.function.Function;

/** The table of the routes that all platforms have. */
final class Routes {

    private final Function<Operation, Function<OrderRequest, OrderResponse>> functions;

    private Routes(Function<Operation, Function<OrderRequest, OrderResponse>> functions) {
        this.functions = functions;
    }

    /**
     * Returns the routes of all operations.
     *
     * @param functions returns the function bean of an operation; called with the operation's first request
     */
    static List<Route> ofOperations(Function<Operation, Function<OrderRequest, OrderResponse>> functions) {
        return new Routes(functions).ofOperations();
    }

    private List<Route> ofOperations() {
        return List.of(
                route("POST", "/orders", Operation.CREATE_ORDER),
                route("GET", "/orders", Operation.LIST_ORDERS),
                route("GET", "/orders/{orderId}", Operation.GET_ORDER),
                route("PATCH", "/orders/{orderId}", Operation.UPDATE_ORDER),
                route("POST", "/orders/{orderId}/confirm", Operation.CONFIRM_ORDER),
                route("POST", "/orders/{orderId}/complete", Operation.COMPLETE_ORDER),
                route("POST", "/orders/{orderId}/cancel", Operation.CANCEL_ORDER),
                route("GET", "/orders/{orderId}/events", Operation.LIST_ORDER_EVENTS),
                route("GET", "/events", Operation.LIST_EVENTS),
                route("POST", "/orders/{orderId}/transactions", Operation.RECORD_TRANSACTION),
                route("GET", "/orders/{orderId}/transactions", Operation.LIST_TRANSACTIONS),
                route("GET", "/orders/{orderId}/transactions/{transactionId}", Operation.GET_TRANSACTION),
                route("POST", "/orders/{orderId}/transactions/{transactionId}/settle", Operation.SETTLE_TRANSACTION),
                route("GET", "/transactions", Operation.FIND_TRANSACTIONS),
                route("POST", "/orders/{orderId}/fulfillments", Operation.CREATE_FULFILLMENT),
                route("GET", "/orders/{orderId}/fulfillments", Operation.LIST_FULFILLMENTS),
                route("GET", "/orders/{orderId}/fulfillments/{fulfillmentId}", Operation.GET_FULFILLMENT),
                route("PATCH", "/orders/{orderId}/fulfillments/{fulfillmentId}", Operation.UPDATE_FULFILLMENT),
                route("POST", "/orders/{orderId}/fulfillments/{fulfillmentId}/deliver", Operation.DELIVER_FULFILLMENT),
                route("POST", "/orders/{orderId}/fulfillments/{fulfillmentId}/cancel", Operation.CANCEL_FULFILLMENT),
                route("POST", "/orders/{orderId}/cancellations", Operation.CANCEL_ITEMS),
                route("GET", "/orders/{orderId}/cancellations", Operation.LIST_CANCELLATIONS),
                route("GET", "/orders/{orderId}/cancellations/{cancellationId}", Operation.GET_CANCELLATION),
                route("POST", "/orders/{orderId}/returns", Operation.CREATE_RETURN),
                route("GET", "/orders/{orderId}/returns", Operation.LIST_RETURNS),
                route("GET", "/orders/{orderId}/returns/{returnId}", Operation.GET_RETURN),
                route("POST", "/orders/{orderId}/returns/{returnId}/receive", Operation.RECEIVE_RETURN),
                route("POST", "/orders/{orderId}/returns/{returnId}/close", Operation.CLOSE_RETURN),
                route("POST", "/orders/{orderId}/returns/{returnId}/cancel", Operation.CANCEL_RETURN));
    }

    private Route route(String method, String template, Operation operation) {
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
