package com.ecommerce.orders.operation;

import com.ecommerce.orders.operation.OrdersUnavailableException.Outcome;
import java.util.function.Function;

/** An operation that only callers with its permission may run. Turns the operation's exceptions into problems. */
public final class SecuredOperation implements Function<OrderRequest, OrderResponse> {

    private final Operation operation;
    private final Function<OrderRequest, OrderResponse> function;

    public SecuredOperation(Operation operation, Function<OrderRequest, OrderResponse> function) {
        this.operation = operation;
        this.function = function;
    }

    @Override
    public OrderResponse apply(OrderRequest request) {
        if (!request.caller().may(operation.permission())) {
            return new RequestProblem.Forbidden(operation.permission());
        }
        try {
            return function.apply(request);
        } catch (ProblemException refused) {
            return refused.problem();
        } catch (TenantBusyException busy) {
            return new RequestProblem.TenantBusy(effect(request, Outcome.NOT_STORED));
        } catch (OrdersUnavailableException unavailable) {
            return new RequestProblem.Unavailable(effect(request, unavailable.outcome()));
        }
    }

    private RequestProblem.Effect effect(OrderRequest request, Outcome outcome) {
        if (!operation.isMutation() || request.dryRun()) {
            return RequestProblem.Effect.NOTHING_TO_STORE;
        }
        if (outcome == Outcome.NOT_STORED) {
            return RequestProblem.Effect.NOT_STORED;
        }
        return request.idempotencyKey() == null
                ? RequestProblem.Effect.UNKNOWN
                : RequestProblem.Effect.UNKNOWN_WITH_KEY;
    }
}
