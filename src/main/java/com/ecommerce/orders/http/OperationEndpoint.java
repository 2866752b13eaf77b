package com.ecommerce.orders.http;

import com.ecommerce.orders.identity.Caller;
import com.ecommerce.orders.observability.RequestLog;
import com.ecommerce.orders.operation.Operation;
import com.ecommerce.orders.operation.OrderRequest;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.operation.ProblemException;
import com.ecommerce.orders.operation.RequestProblem;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The endpoint of one operation. Reads the request, calls the function bean, and writes the response. */
public final class OperationEndpoint implements Endpoint.Secured {

    private final Operation operation;
    private final Function<Operation, Function<OrderRequest, OrderResponse>> functions;
    private @Nullable Function<OrderRequest, OrderResponse> function;

    /** @param functions returns the function bean of an operation; called at the first request */
    OperationEndpoint(Operation operation, Function<Operation, Function<OrderRequest, OrderResponse>> functions) {
        this.operation = operation;
        this.functions = functions;
    }

    @Override
    public ApiResponse handle(ApiRequest request, Map<String, String> pathVariables, Caller caller) {
        authorize(request, operation, caller);
        if (operation.isMutation()) {
            BodyReader.check(request);
        }
        OrderRequest input = RequestReader.read(request, operation, pathVariables, caller);
        RequestLog.note(RequestLog.ORDER, input.orderId());
        return function().apply(input).accept(new ResponseWriter(request, input.query()));
    }

    /** Returns the function bean. Two threads may look it up at the same time; both find the same bean. */
    private Function<OrderRequest, OrderResponse> function() {
        Function<OrderRequest, OrderResponse> known = function;
        if (known == null) {
            known = functions.apply(operation);
            function = known;
        }
        return known;
    }

    /**
     * Checks the permission, and lets the adapter reserve memory for the request. Call this before any other part of the
     * request is read: a caller without the permission must not learn anything else.
     *
     * @throws ProblemException if the caller lacks the permission
     * @throws HttpProblemException if there is no memory for the request
     */
    public static void authorize(ApiRequest request, Operation operation, Caller caller) {
        if (!caller.may(operation.permission())) {
            throw new ProblemException(new RequestProblem.Forbidden(operation.permission()));
        }
        request.body().reserve(caller.tenant(), operation);
    }
}
