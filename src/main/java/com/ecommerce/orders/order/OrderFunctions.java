package com.ecommerce.orders.order;

import java.util.Map;
import java.util.function.Function;

/** The order operations as functions: each checks the caller's permission, runs its use case and answers a value. */
final class OrderFunctions {

    private final Map<Operation, Function<OrderRequest, OrderResponse>> useCases;

    OrderFunctions(OrderService service) {
        this.useCases = Map.of(
                Operation.CREATE, service::create,
                Operation.GET, service::get,
                Operation.LIST, service::list,
                Operation.UPDATE, service::update,
                Operation.CONFIRM, service::confirm,
                Operation.COMPLETE, service::complete,
                Operation.CANCEL, service::cancel,
                Operation.EVENTS, service::events);
    }

    Function<OrderRequest, OrderResponse> of(Operation operation) {
        Function<OrderRequest, OrderResponse> useCase = useCases.get(operation);
        if (useCase == null) {
            throw new IllegalArgumentException("No use case for " + operation);
        }
        return request -> answer(operation, useCase, request);
    }

    private static OrderResponse answer(
            Operation operation, Function<OrderRequest, OrderResponse> useCase, OrderRequest request) {
        if (!request.caller().may(operation.permission())) {
            return OrderProblem.forbidden(operation.permission());
        }
        try {
            return useCase.apply(request);
        } catch (Refusal refusal) {
            return refusal.problem();
        } catch (TenantBusyException busy) {
            return OrderProblem.of(
                    OrderProblem.Code.TENANT_BUSY,
                    "Your tenant has too many requests under way; send this one again in a second");
        } catch (OrdersUnavailableException unavailable) {
            return unavailable(operation, request);
        }
    }

    private static OrderProblem unavailable(Operation operation, OrderRequest request) {
        boolean isSafeToRepeat = !operation.isMutation() || request.dryRun() || request.idempotencyKey() != null;
        return OrderProblem.of(
                OrderProblem.Code.UNAVAILABLE,
                isSafeToRepeat
                        ? "The orders can't be reached right now; send the request again in a moment"
                        : "The orders can't be reached and it is unknown whether this request was carried out; look"
                                + " before you repeat it, and send an Idempotency-Key to be able to repeat it safely");
    }
}
