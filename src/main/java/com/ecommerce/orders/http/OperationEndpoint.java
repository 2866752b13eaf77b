package com.ecommerce.orders.http;

import com.ecommerce.orders.identity.Caller;
import com.ecommerce.orders.observability.RequestLog;
import com.ecommerce.orders.order.Operation;
import com.ecommerce.orders.order.OrderProblem;
import com.ecommerce.orders.order.OrderRequest;
import com.ecommerce.orders.order.OrderResponse;
import java.util.Map;
import java.util.function.Function;

/** Answers one order operation: the line from a verified caller to the function and back. */
public final class OperationEndpoint implements Endpoint.Secured {

    private final Operation operation;
    private final Function<OrderRequest, OrderResponse> function;

    OperationEndpoint(Operation operation, Function<OrderRequest, OrderResponse> function) {
        this.operation = operation;
        this.function = function;
    }

    @Override
    public ApiResponse handle(ApiRequest request, Map<String, String> pathVariables, Caller caller) {
        admit(request, operation, caller);
        if (operation.isMutation()) {
            RequestReader.checkBody(request);
        }
        OrderRequest input = RequestReader.read(request, operation, pathVariables, caller);
        RequestLog.note(RequestLog.ORDER, input.orderId());
        return function.apply(input).fold(new ResponseWriter(request, input.query()));
    }

    /**
     * Checks the permission and admits the request, before anything else of the request is read. A caller without
     * permission learns nothing else.
     *
     * @throws RuntimeException that {@link OrderApi} answers, if the request is refused
     */
    public static void admit(ApiRequest request, Operation operation, Caller caller) {
        if (!caller.may(operation.permission())) {
            throw new ProblemException(Problem.of(OrderProblem.forbidden(operation.permission())));
        }
        request.body().admit(caller.tenant(), operation);
    }
}
