package com.ecommerce.orders.order;

import java.util.function.Function;

/** The order operations as functions: each checks the caller's permission, runs its use case and answers a value. */
final class OrderFunctions {

    private final OrderService service;

    OrderFunctions(OrderService service) {
        this.service = service;
    }

    Function<OrderRequest, OrderResponse> of(Operation operation) {
        return request -> answer(operation, request);
    }

    private OrderResponse answer(Operation operation, OrderRequest request) {
        if (!request.caller().may(operation.permission())) {
            return OrderProblem.forbidden(operation.permission());
        }
        try {
            return useCase(operation, request);
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

    private OrderResponse useCase(Operation operation, OrderRequest request) {
        return switch (operation) {
            case CREATE -> service.create(request);
            case GET -> service.get(request);
            case LIST -> service.list(request);
            case UPDATE -> service.update(request);
            case CONFIRM -> service.confirm(request);
            case COMPLETE -> service.complete(request);
            case CANCEL -> service.cancel(request);
            case EVENTS -> service.events(request);
        };
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
